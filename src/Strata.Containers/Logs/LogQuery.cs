namespace Strata.Containers;

/// <summary>Which lines of a container's log, and how.</summary>
public sealed record LogQuery
{
    /// <summary>Go on with what comes, until the container ends.</summary>
    public bool Follow { get; init; }

    public DateTimeOffset? Since { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary>Only so many of the last lines; null for all.</summary>
    public int? Tail { get; init; }

    public bool Output { get; init; } = true;

    public bool Errors { get; init; } = true;
}
