using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Strata.Layers.Indexes;

/// <summary>
/// An index file in memory as the kernel holds it: only what is looked at is read. The file under an index's name never changes, it is
/// replaced.
/// </summary>
internal sealed class MappedIndex
{
    private readonly MemoryMappedViewAccessor? _view;
    private readonly SafeMemoryMappedViewHandle? _handle;
    private readonly byte[]? _bytes;
    private readonly int _length;

    public MappedIndex(byte[] bytes) => (_bytes, _length) = (bytes, bytes.Length);

    /// <exception cref="IOException">The file is gone.</exception>
    public MappedIndex(string path)
    {
        using var file = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        _length = checked((int)file.Length);
        using var mapped = MemoryMappedFile.CreateFromFile(file, mapName: null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        // The view outlives the file: it is the kernel's, and goes with this object.
        _view = mapped.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
        _handle = _view.SafeMemoryMappedViewHandle;
    }

    /// <summary>Valid as long as the caller keeps this object alive (<see cref="GC.KeepAlive"/> behind the last use).</summary>
    public unsafe ReadOnlySpan<byte> Span => _bytes ?? new ReadOnlySpan<byte>((void*)(_handle!.DangerousGetHandle() + (nint)_view!.PointerOffset), _length);
}
