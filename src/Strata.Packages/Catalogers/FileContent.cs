using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Strata.Packages.Catalogers;

/// <summary>The bytes of one file, for reading at any place: in memory as long as they are few, else in a temporary file that has no name.</summary>
/// <param name="expected">How many bytes will come, where that is known; what it costs to be wrong is a copy.</param>
internal sealed class FileContent(long expected = 0) : IDisposable
{
    /// <summary>What is held in memory of one file; layers are read in parallel, and each has one file open.</summary>
    internal const int MostInMemory = 1024 * 1024;

    private byte[] _memory = [];
    private SafeFileHandle? _file;

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_file is null && Math.Max(Length + bytes.Length, expected) > MostInMemory) MoveToFile();
        if (_file is not null)
        {
            RandomAccess.Write(_file, bytes, Length);
        }
        else
        {
            if (Length + bytes.Length > _memory.Length) Grow((int)Length + bytes.Length);
            bytes.CopyTo(_memory.AsSpan((int)Length));
        }
        Length += bytes.Length;
    }

    /// <summary>Fills as much of the buffer as there is from an offset on; fewer bytes than asked for only at the end, 0 past it.</summary>
    public int ReadAt(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= Length) return 0;
        var count = (int)Math.Min(buffer.Length, Length - offset);
        if (_file is null)
        {
            _memory.AsSpan((int)offset, count).CopyTo(buffer);
            return count;
        }
        var read = 0;
        while (read < count && RandomAccess.Read(_file, buffer[read..count], offset + read) is > 0 and var n) read += n;
        return read;
    }

    /// <summary>Exactly so many bytes from an offset on.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Bytes(long offset, int count)
    {
        if (offset < 0 || count < 0 || offset + count > Length) throw new InvalidDataException($"{count} bytes at {offset} are past the end, which is at {Length}");
        var bytes = new byte[count];
        return ReadAt(offset, bytes) == count ? bytes : throw new InvalidDataException($"{count} bytes at {offset} could not be read");
    }

    /// <summary>All of it as one piece of memory; only for documents whose limit is small.</summary>
    public ReadOnlyMemory<byte> Whole => _file is null ? _memory.AsMemory(0, (int)Length) : Bytes(0, checked((int)Length));

    /// <summary>All of it as a stream that can be sought in; valid as long as this is.</summary>
    public Stream OpenRead() => _file is null ? new MemoryStream(_memory, 0, (int)Length, writable: false) : new ContentStream(this);

    public void Dispose()
    {
        Hold([]);
        if (_file is not null) SpillFile.Return(_file);
        _file = null;
        Length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(expected, Math.Max(needed, _memory.Length * 2)));
        _memory.AsSpan(0, (int)Length).CopyTo(larger);
        Hold(larger);
    }

    private void Hold(byte[] memory)
    {
        if (_memory.Length > 0) ArrayPool<byte>.Shared.Return(_memory);
        _memory = memory;
    }

    private void MoveToFile()
    {
        _file = SpillFile.Rent();
        RandomAccess.Write(_file, _memory.AsSpan(0, (int)Length), 0);
        Hold([]);
    }
}
