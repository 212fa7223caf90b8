namespace Strata.Dashboard.Events;

/// <summary>A line that a container wrote, or a part of one, as a page shows it.</summary>
/// <param name="Text">With its end, where it has one.</param>
/// <param name="IsError">It came from standard error.</param>
public sealed record LogPiece(string Text, bool IsError);

/// <summary>Some lines for a page.</summary>
/// <param name="IsFirst">What the page has is of before, and goes.</param>
public sealed record LogBatch(bool IsFirst, IReadOnlyList<LogPiece> Lines);

/// <summary>A container is not as it was.</summary>
public sealed record ContainerChange(string Id, string Action);
