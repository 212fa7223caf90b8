using System.Buffers.Binary;
using System.Text;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>Numbers in a file, at any place and in either byte order. Reading past the end is bad content, not a crash.</summary>
/// <param name="content">The file.</param>
/// <param name="isBigEndian">The byte order.</param>
/// <param name="start">Where in the file offset 0 is; a fat Mach-O has several programs in it.</param>
internal sealed class ByteView(FileContent content, bool isBigEndian, long start = 0)
{
    private readonly byte[] _number = new byte[sizeof(ulong)];

    public bool IsBigEndian => isBigEndian;

    public long Start => start;

    public long Length => content.Length - start;

    public ushort U16(long at)
    {
        var bytes = Read(at, sizeof(ushort));
        return isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public uint U32(long at)
    {
        var bytes = Read(at, sizeof(uint));
        return isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public ulong U64(long at)
    {
        var bytes = Read(at, sizeof(ulong));
        return isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>A number of 4 bytes, or of 8.</summary>
    public ulong Word(long at, bool isWide) => isWide ? U64(at) : U32(at);

    /// <summary>As many bytes as there are, up to the buffer's length.</summary>
    public int ReadAt(long at, Span<byte> buffer) => at < 0 || at > Length ? 0 : content.ReadAt(start + at, buffer);

    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public byte[] Bytes(long at, int count) => at < 0 || at > Length ? throw Past(at, count) : content.Bytes(start + at, count);

    /// <summary>Text up to a zero byte, or up to a limit.</summary>
    public string Text(long at, int most)
    {
        Span<byte> bytes = stackalloc byte[most];
        bytes = bytes[..ReadAt(at, bytes)];
        var end = bytes.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes : bytes[..end]);
    }

    private Span<byte> Read(long at, int count) => ReadAt(at, _number.AsSpan(0, count)) == count ? _number.AsSpan(0, count) : throw Past(at, count);

    private static InvalidDataException Past(long at, int count) => new($"the headers point past the end of the file: {count} bytes at {at}");
}
