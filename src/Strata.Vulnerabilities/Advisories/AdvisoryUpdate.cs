namespace Strata.Vulnerabilities.Advisories;

/// <summary>What an update did.</summary>
public sealed record AdvisoryUpdate
{
    public required AdvisorySource Source { get; init; }

    /// <summary>Files that were read, those inside a zip included.</summary>
    public int Files { get; init; }

    /// <summary>Valid records that were read: the sum of the next three.</summary>
    public long Records { get; init; }

    public long Added { get; init; }

    /// <summary>Already there with the same or an older <c>modified</c>.</summary>
    public long Replaced { get; init; }

    /// <summary>Already there in a newer form, which was kept.</summary>
    public long Older { get; init; }

    /// <summary>What the source had before, and has no more.</summary>
    public long Removed { get; init; }

    /// <summary>The source's server says that it has nothing new; nothing was read.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>Records that could not be used, all of them counted.</summary>
    public long BadRecords { get; init; }

    /// <summary>The first of them, at most <see cref="AdvisoryUpdater.ReportedBadRecords"/>.</summary>
    public IReadOnlyList<BadRecord> Bad { get; init; } = [];

    /// <summary>The database after the update.</summary>
    public required AdvisoryStatus Status { get; init; }
}
