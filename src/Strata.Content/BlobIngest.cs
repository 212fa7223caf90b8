using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Content;

/// <summary>
/// Content on its way into the store: written to a file of its own, hashed on the way, given its name only when size and digest hold.
/// For one thread at a time. Dispose without <see cref="Commit"/>, and nothing is left.
/// </summary>
public sealed class BlobIngest : IDisposable
{
    private readonly IncrementalHash _hash;
    private readonly FileStream _file;
    private readonly string _path;
    private readonly string? _finalPath;
    private readonly Digest? _expected;
    private readonly long? _size;
    private bool _committed;

    internal BlobIngest(string folder, string? finalPath, Digest? expected, long? size)
    {
        (_finalPath, _expected, _size) = (finalPath, expected, size);
        _hash = (expected?.Algorithm ?? DigestAlgorithm.Sha256).StartHash();
        _path = Path.Combine(folder, Path.GetRandomFileName());
        _file = new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            BufferSize = 0,
            PreallocationSize = 0,
        });
    }

    internal ContentStore? Store { get; init; }

    /// <summary>Bytes taken so far.</summary>
    public long Length { get; private set; }

    /// <exception cref="ContentMismatchException">More came than was promised.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        Count(bytes.Span);
        await _file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="WriteAsync"/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Count(bytes);
        _file.Write(bytes);
    }

    /// <summary>The ingest as a stream, for one who writes to streams. Disposing it changes nothing here.</summary>
    public Stream AsStream() => new Writing(this);

    /// <summary>
    /// Checks size and digest, and gives the content its name. When this returns, it is on disk under its digest; that another process was
    /// first is as good.
    /// </summary>
    /// <exception cref="ContentMismatchException">Fewer bytes than promised, or another digest. Nothing is kept.</exception>
    public Digest Commit()
    {
        var algorithm = _expected?.Algorithm ?? DigestAlgorithm.Sha256;
        var digest = Digest.FromHash(_hash.GetHashAndReset(), algorithm);
        if (_size is { } size && Length != size)
            throw new ContentMismatchException($"{_expected} ended after {Length} of {size} bytes");
        if (_expected is { } expected && expected != digest)
            throw new ContentMismatchException($"content that should be {expected} is {digest}");
        DurableFile.Publish(_file.SafeFileHandle, _path, _finalPath ?? Store!.BlobPath(digest));
        _committed = true;
        return digest;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _file.Dispose();
        if (!_committed) File.Delete(_path);
    }

    private void Count(ReadOnlySpan<byte> bytes)
    {
        // Refused before it is written: a source that never ends must not fill the disk.
        if (_size is { } size && Length + bytes.Length > size)
            throw new ContentMismatchException($"{_expected} is longer than the {size} bytes that were promised");
        _hash.AppendData(bytes);
        Length += bytes.Length;
    }

    private sealed class Writing(BlobIngest ingest) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => ingest.Write(buffer);
    }
}
