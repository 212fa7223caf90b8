using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    /// <summary>Nearer uses than this are one: a script that lists a thousand files must not write a thousand times.</summary>
    private static readonly TimeSpan UseApart = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Keeps that content was used, as the time of its file: that needs no file of its own, no lock, and goes with the content. Where nothing can
    /// be written, nothing is kept.
    /// </summary>
    public void MarkUsed(Digest digest, DateTimeOffset now)
    {
        try
        {
            var file = new FileInfo(BlobPath(digest));
            if (file.Exists && now.UtcDateTime - file.LastWriteTimeUtc > UseApart) file.LastWriteTimeUtc = now.UtcDateTime;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's store, or a read-only disk: it is not pruned from here either.
        }
    }

    /// <summary>When content was last used, or came; null when it is not there.</summary>
    public DateTimeOffset? LastUsed(Digest digest) => new FileInfo(BlobPath(digest)) is { Exists: true } file ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
}
