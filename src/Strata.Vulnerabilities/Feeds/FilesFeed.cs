using System.Runtime.CompilerServices;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>One file, or all that have the right name below a folder, in the order of their paths.</summary>
internal sealed class FilesFeed(IReadOnlyList<string> files, string? folder) : Feed
{
    private long _read;

    public override long? TotalBytes => files.Sum(f => new FileInfo(f).Length);

    public override long ReadBytes => _read;

    public override async IAsyncEnumerable<FeedPart> PartsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            var shown = folder is null ? Path.GetFileName(file) : Path.GetRelativePath(folder, file);
            var stream = new CountingStream(File.OpenRead(file), n => _read += n);
            await using (stream.ConfigureAwait(false))
                yield return new FeedPart(shown, folder is null ? Location : file, DateOf(file), FeedFile.ReadAsync(stream, new FileInfo(file).Length, file, shown, cancellationToken), MayBeForeign: folder is not null);
        }
    }

    private static DateTimeOffset DateOf(string file) => new(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
}
