using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;
using Strata.Oci;

namespace Strata.Content;

/// <summary>
/// Content on its way from outside, under a name of its digest, so that it goes on where it stopped: after a broken connection, a Ctrl-C, a kill.
/// The state of the hash is kept beside it every few megabytes; what came after that is hashed again when it is taken up. While one process
/// has it, others wait. For one thread at a time.
/// </summary>
public sealed class PartialBlob : IDisposable
{
    /// <summary>How much may have to be hashed again.</summary>
    private const int CheckpointEvery = 8 * 1024 * 1024;

    /// <summary>The count of bytes, before the hash's state.</summary>
    private const int CountLength = sizeof(long);

    private readonly FileLock _lock;
    private readonly SafeFileHandle _file;
    private readonly ResumableHash _hash;
    private readonly string _path;
    private readonly string _finalPath;
    private readonly Descriptor _expected;
    private long _kept;
    private bool _over;

    private PartialBlob(FileLock held, string path, string finalPath, Descriptor expected)
    {
        (_lock, _path, _finalPath, _expected) = (held, path, finalPath, expected);
        _hash = new ResumableHash(expected.Digest.Algorithm);
        _file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>Bytes that are there and hashed.</summary>
    public long Length { get; private set; }

    /// <summary>Takes up what an earlier attempt left, or begins. Null when another process has it now.</summary>
    internal static PartialBlob? TryOpen(string folder, string finalPath, Descriptor expected)
    {
        var path = Path.Combine(folder, $"{expected.Digest.Algorithm.Prefix()}-{expected.Digest.Hex}");
        if (FileLock.TryExclusive(path + LockSuffix) is not { } held) return null;
        PartialBlob? partial = null;
        try
        {
            partial = new PartialBlob(held, path, finalPath, expected);
            partial.TakeUp();
            return partial;
        }
        catch
        {
            if (partial is null) held.Dispose();
            else partial.Dispose();
            throw;
        }
    }

    internal const string LockSuffix = ".lock";
    private const string StateSuffix = ".state";

    /// <summary>Reads what is there already, from its first byte.</summary>
    public int Read(long offset, Span<byte> buffer) =>
        RandomAccess.Read(_file, buffer[..(int)Math.Min(buffer.Length, Length - offset)], offset);

    /// <exception cref="ContentMismatchException">More came than was promised.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        // Refused before it is written: a source that never ends must not fill the disk.
        if (Length + bytes.Length > _expected.Size)
        {
            Discard();
            throw new ContentMismatchException($"{_expected.Digest} is longer than the {_expected.Size} bytes that were promised");
        }
        await RandomAccess.WriteAsync(_file, bytes, Length, cancellationToken).ConfigureAwait(false);
        _hash.Append(bytes.Span);
        Length += bytes.Length;
        if (Length - _kept >= CheckpointEvery) Checkpoint();
    }

    /// <summary>
    /// Checks size and digest, and gives the content its name. When this returns, it is on disk under its digest.
    /// </summary>
    /// <exception cref="ContentMismatchException">Fewer bytes than promised: what is there is kept. Another digest: nothing is.</exception>
    public void Commit()
    {
        Verify();
        DurableFile.Publish(_file, _path, _finalPath);
        Discard();
    }

    /// <summary>Checks size and digest.</summary>
    /// <inheritdoc cref="Commit" path="/exception"/>
    public void Verify()
    {
        if (Length != _expected.Size) throw new ContentMismatchException($"{_expected.Digest} ended after {Length} of {_expected.Size} bytes");
        var digest = _hash.Current();
        if (digest == _expected.Digest) return;
        Discard();
        throw new ContentMismatchException($"content that should be {_expected.Digest} is {digest}");
    }

    /// <summary>Forgets all that is there: it is not what it should be.</summary>
    public void Discard()
    {
        _over = true;
        File.Delete(_path);
        File.Delete(_path + StateSuffix);
    }

    public void Dispose()
    {
        // Nothing to go on from is nothing to keep.
        if (!_over && Length == 0) Discard();
        _file.Dispose();
        _hash.Dispose();
        // The lock's file goes while the lock is held: who waits for it finds out that it has another file than the name leads to.
        if (_over) File.Delete(_path + LockSuffix);
        _lock.Dispose();
    }

    private void Checkpoint()
    {
        if (_hash.State.IsEmpty) return;
        Span<byte> record = stackalloc byte[CountLength + _hash.State.Length];
        BinaryPrimitives.WriteInt64LittleEndian(record, Length);
        _hash.State.CopyTo(record[CountLength..]);
        using var state = File.OpenHandle(_path + StateSuffix, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        // One small write: a kill leaves the old record or the new one. After a power cut the final digest decides.
        RandomAccess.Write(state, record, fileOffset: 0);
        _kept = Length;
    }

    private void TakeUp()
    {
        var there = Math.Min(RandomAccess.GetLength(_file), _expected.Size);
        if (there == 0) return;
        if (File.Exists(_path + StateSuffix) && File.ReadAllBytes(_path + StateSuffix) is { Length: > CountLength } record)
        {
            var count = BinaryPrimitives.ReadInt64LittleEndian(record);
            if (count > 0 && count <= there && _hash.TryRestore(record.AsSpan(CountLength))) Length = _kept = count;
        }
        var buffer = ArrayPool<byte>.Shared.Rent(256 * 1024);
        while (Length < there)
        {
            var n = RandomAccess.Read(_file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, there - Length)), Length);
            if (n == 0) break;
            _hash.Append(buffer.AsSpan(0, n));
            Length += n;
        }
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
