using Microsoft.Win32.SafeHandles;

namespace Strata.Registry.Server;

internal sealed class FileBlob(SafeFileHandle handle) : IStoredBlob
{
    public long Size { get; } = RandomAccess.GetLength(handle);

    // Synchronous on purpose: what is served is nearly always in the page cache, and there is no asynchronous file read on Linux anyway.
    public ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        new(RandomAccess.Read(handle, buffer.Span, offset));

    public void Dispose() => handle.Dispose();
}
