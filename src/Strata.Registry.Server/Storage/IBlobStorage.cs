namespace Strata.Registry.Server;

/// <summary>
/// Keeps the bytes of blobs, each under its key, and of uploads under way. It knows nothing of repositories.
/// Nothing that is half-written is ever found under a key.
/// </summary>
public interface IBlobStorage
{
    /// <summary>The blob, to be disposed by the caller; null if it is not here.</summary>
    ValueTask<IStoredBlob?> OpenAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Removes a blob's bytes; harmless where they are gone. Whoever is reading them reads on to the end.</summary>
    ValueTask RemoveAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Takes damaged bytes out of use and keeps them for whoever wants to look; harmless where they are gone.</summary>
    ValueTask QuarantineAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>All that is there, in any order, while others write and remove.</summary>
    IAsyncEnumerable<StoredKey> ListAsync(CancellationToken cancellationToken);

    /// <summary>Begins an upload under an ID that is not in use.</summary>
    ValueTask<IStoredUpload> CreateUploadAsync(string id, CancellationToken cancellationToken);

    /// <summary>An upload that was begun earlier, perhaps by another process; null if it is not here.</summary>
    ValueTask<IStoredUpload?> OpenUploadAsync(string id, CancellationToken cancellationToken);

    /// <summary>Removes uploads that were last written to before <paramref name="before"/>.</summary>
    ValueTask RemoveUploadsAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>The bytes of a blob.</summary>
public interface IStoredBlob : IDisposable
{
    /// <summary>Bytes.</summary>
    long Size { get; }

    /// <summary>Reads at <paramref name="offset"/>; 0 only at the end.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);
}

/// <summary>Bytes that are still coming. Used by one request at a time.</summary>
public interface IStoredUpload : IDisposable
{
    /// <summary>Bytes.</summary>
    long Length { get; }

    /// <summary>Appends. When this returns, the bytes outlive the process.</summary>
    ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> segments, long bytes, CancellationToken cancellationToken);

    ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken);

    ValueTask TruncateAsync(long length, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes the bytes under a key whose digest the caller has verified. When this returns, they are on disk under it and the upload is gone.
    /// </summary>
    ValueTask CommitAsync(BlobKey key, CancellationToken cancellationToken);

    /// <summary>Removes the upload and its bytes.</summary>
    ValueTask RemoveAsync(CancellationToken cancellationToken);
}
