namespace Strata.Vulnerabilities.Feeds;

/// <summary>One file of a feed: its records are read as they are asked for.</summary>
/// <param name="File">As an error names it.</param>
/// <param name="Records">The texts of its records.</param>
/// <param name="Location">Where its records come from: its path in a folder, otherwise the feed's.</param>
/// <param name="Date">When the file was written.</param>
/// <param name="MayBeForeign">The file was found rather than named: one that holds no record is left aside, not an error.</param>
internal sealed record FeedPart(string File, string Location, DateTimeOffset Date, IAsyncEnumerable<FeedItem> Records, bool MayBeForeign);
