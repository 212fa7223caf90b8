using Microsoft.Win32.SafeHandles;

namespace Strata.Registry.Server;

internal sealed class FileUpload : IStoredUpload
{
    private readonly FileBlobStorage _storage;
    private readonly string _path;
    private readonly SafeFileHandle _handle;

    public FileUpload(FileBlobStorage storage, string path, FileMode mode)
    {
        (_storage, _path) = (storage, path);
        _handle = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_handle);
    }

    public long Length { get; private set; }

    public ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> segments, long bytes, CancellationToken cancellationToken)
    {
        RandomAccess.Write(_handle, segments, Length);
        Length += bytes;
        return ValueTask.CompletedTask;
    }

    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        new(RandomAccess.Read(_handle, buffer.Span, offset));

    public ValueTask TruncateAsync(long length, CancellationToken cancellationToken)
    {
        RandomAccess.SetLength(_handle, length);
        Length = length;
        return ValueTask.CompletedTask;
    }

    public ValueTask CommitAsync(BlobKey key, CancellationToken cancellationToken)
    {
        RandomAccess.FlushToDisk(_handle);
        _storage.Publish(_path, key);
        return ValueTask.CompletedTask;
    }

    public ValueTask RemoveAsync(CancellationToken cancellationToken)
    {
        File.Delete(_path);
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _handle.Dispose();
}
