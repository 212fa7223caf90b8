namespace Strata.Vulnerabilities.Feeds;

/// <summary>Where records come from: a folder, a file, a zip or a URL.</summary>
internal abstract class Feed
{
    /// <summary>The last part of the location, for people.</summary>
    public required string Name { get; init; }

    /// <summary>An absolute path, or a URL without credentials.</summary>
    public required string Location { get; init; }

    /// <summary>How many bytes there are to read, when that is known.</summary>
    public virtual long? TotalBytes => null;

    /// <summary>How many of them were read so far.</summary>
    public virtual long ReadBytes => 0;

    public abstract IAsyncEnumerable<FeedPart> PartsAsync(CancellationToken cancellationToken);
}
