using System.IO.Compression;
using System.Runtime.CompilerServices;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>A zip of records, such as OSV publishes for each ecosystem.</summary>
internal sealed class ZipFeed(string path) : Feed
{
    private long _read;

    public override long? TotalBytes => new FileInfo(path).Length;

    public override long ReadBytes => _read;

    public override async IAsyncEnumerable<FeedPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var zip = ZipFile.OpenRead(path);
        foreach (var entry in zip.Entries)
        {
            if (!FeedFile.IsFeed(entry.Name)) continue;
            var shown = $"{Name}!{entry.FullName}";
            var stream = entry.Open();
            await using (stream.ConfigureAwait(false))
                yield return new FeedPart(shown, Location, entry.LastWriteTime.ToUniversalTime(), FeedFile.ReadAsync(stream, entry.Length, entry.Name, shown, cancellationToken), MayBeForeign: true);
            _read += entry.CompressedLength;
        }
    }
}
