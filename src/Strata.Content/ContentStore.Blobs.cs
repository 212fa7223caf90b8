using System.Diagnostics.CodeAnalysis;
using Strata.Oci;

namespace Strata.Content;

public sealed partial class ContentStore
{
    public string BlobPath(Digest digest) => Path.Combine(Root, "blobs", digest.Algorithm.Prefix(), digest.Hex);

    public bool Contains(Digest digest) => File.Exists(BlobPath(digest));

    /// <summary>Opens a blob for reading; what has a final name was verified when it came in.</summary>
    /// <exception cref="ContentMissingException">The store does not have it.</exception>
    public FileStream OpenBlob(Digest digest) =>
        Opened(digest, path => new FileStream(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan }));

    /// <summary>Reads a small document whole and checks its digest: a document that rotted on disk must not be believed.</summary>
    /// <exception cref="ContentMissingException">The store does not have it.</exception>
    /// <exception cref="ContentMismatchException">It is damaged, or larger than <paramref name="maxBytes"/>.</exception>
    public byte[] ReadDocument(Digest digest, int maxBytes)
    {
        // By its handle: a list reads hundreds, and a stream around each costs as much as the reading.
        using var file = Opened(digest, path => File.OpenHandle(path));
        var length = RandomAccess.GetLength(file);
        if (length > maxBytes) throw new ContentMismatchException($"{digest} has {length} bytes; at most {maxBytes} were expected");
        var bytes = new byte[length];
        for (var at = 0; at < bytes.Length;)
            at += RandomAccess.Read(file, bytes.AsSpan(at), at) is > 0 and var n ? n : throw new ContentMismatchException($"{digest} became shorter while it was read");
        if (Digest.Of(bytes, digest.Algorithm) != digest)
            throw new ContentMismatchException($"{digest} is damaged on disk: its content has another digest");
        return bytes;
    }

    private T Opened<T>(Digest digest, Func<string, T> open)
    {
        try
        {
            return open(BlobPath(digest));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ContentMissingException(digest, e);
        }
    }

    /// <summary>Begins to take in the content that <paramref name="expected"/> promises. Dispose without commit, and nothing is left.</summary>
    public BlobIngest Ingest(Descriptor expected) => new(_ingest, BlobPath(expected.Digest), expected.Digest, expected.Size);

    /// <summary>Begins to take in content whose digest is not known before its end, such as a layer being written here.</summary>
    public BlobIngest Ingest() => new(_ingest, finalPath: null, expected: null, size: null) { Store = this };

    /// <summary>
    /// Takes up or begins the download of a blob. While another process has it, this waits; null when the blob came meanwhile.
    /// </summary>
    public async Task<PartialBlob?> ResumeAsync(Descriptor expected, CancellationToken cancellationToken)
    {
        while (!Contains(expected.Digest))
        {
            if (PartialBlob.TryOpen(_ingest, BlobPath(expected.Digest), expected) is { } partial)
            {
                // Between the look and the lock, the other one may have finished.
                if (!Contains(expected.Digest)) return partial;
                partial.Discard();
                partial.Dispose();
                return null;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    /// <summary>Takes in a document; calling it again is harmless.</summary>
    public async Task<Descriptor> AddDocumentAsync(string mediaType, ReadOnlyMemory<byte> document, CancellationToken cancellationToken)
    {
        var descriptor = new Descriptor { MediaType = mediaType, Digest = Digest.Of(document.Span), Size = document.Length };
        if (Contains(descriptor.Digest)) return descriptor;
        using var ingest = Ingest(descriptor);
        await ingest.WriteAsync(document, cancellationToken).ConfigureAwait(false);
        ingest.Commit();
        return descriptor;
    }

    /// <summary>All blobs with their sizes, in no order.</summary>
    public IEnumerable<(Digest Digest, long Size)> Blobs()
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            var folder = new DirectoryInfo(Path.Combine(Root, "blobs", algorithm.Prefix()));
            if (!folder.Exists) continue;
            foreach (var file in folder.EnumerateFiles())
                if (IsBlob(file, algorithm, out var digest)) yield return (digest, file.Length);
        }
    }

    private static bool IsBlob(FileInfo file, DigestAlgorithm algorithm, [NotNullWhen(true)] out Digest digest) =>
        Digest.TryParse($"{algorithm.Prefix()}:{file.Name}", out digest);
}
