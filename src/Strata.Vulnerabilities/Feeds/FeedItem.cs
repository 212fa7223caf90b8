namespace Strata.Vulnerabilities.Feeds;

/// <summary>One record's text out of a feed, or why there is none.</summary>
/// <param name="File">As an error names it.</param>
/// <param name="Line">From 1; 0 when the whole file is one record.</param>
/// <param name="Json">The text; valid until the next item is asked for.</param>
/// <param name="Fault">Set instead of the text when there is none.</param>
internal readonly record struct FeedItem(string File, int Line, ReadOnlyMemory<byte> Json, string? Fault);
