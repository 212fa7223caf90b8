using Strata.Dashboard.Faults;
using Strata.Images;

namespace Strata.Dashboard.Tasks;

/// <summary>Where a task stands: immutable.</summary>
public sealed record TaskSnapshot
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    public required DateTimeOffset Started { get; init; }

    public TaskState State { get; init; }

    /// <summary>Set once the task has ended.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What is being done now, in a few words.</summary>
    public string Step { get; init; } = "";

    /// <summary>The bytes that move; null for a task that moves none.</summary>
    public TransferProgress? Transfer { get; init; }

    public double? BytesPerSecond { get; init; }

    public TimeSpan? Remaining { get; init; }

    /// <summary>True once someone has asked it to stop; it may take a moment.</summary>
    public bool Cancelling { get; init; }

    public string? Outcome { get; init; }

    /// <summary>A page of the dashboard that shows the outcome.</summary>
    public string? Href { get; init; }

    public FaultText? Fault { get; init; }
}
