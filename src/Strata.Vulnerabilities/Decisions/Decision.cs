namespace Strata.Vulnerabilities.Decisions;

/// <summary>What somebody decided about a vulnerability in some packages.</summary>
public sealed record Decision
{
    /// <summary>Any name of it; a finding that has one of them is meant.</summary>
    public required IReadOnlyList<string> Vulnerabilities { get; init; }

    /// <summary>Package URLs, each as much as is said of it: without a version every version is meant. None: every package.</summary>
    public IReadOnlyList<string> Packages { get; init; } = [];

    /// <summary>The finding does not count. False where the decision is that it does, or that nobody knows yet.</summary>
    public required bool Suppresses { get; init; }

    /// <summary>Why, for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>From this moment on it is no longer valid; null when it stays.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The file that says so.</summary>
    public required string Source { get; init; }
}
