using System.IO.Compression;
using System.Text;
using Strata.Packages.Catalogers.Programs;

namespace Strata.Packages.Catalogers.Java;

/// <summary>
/// Reads a zip without holding its directory: an archive with millions of entries costs time, and no memory. APPNOTE.TXT, 4.3. What stands
/// before the archive, such as a script that starts it, is skipped.
/// </summary>
internal sealed class ZipFile
{
    private const uint EndMark = 0x0605_4b50;
    private const uint WideEndMark = 0x0606_4b50;
    private const uint WideLocatorMark = 0x0706_4b50;
    private const uint EntryMark = 0x0201_4b50;
    private const uint LocalMark = 0x0403_4b50;
    private const int EndSize = 22;
    private const int LongestComment = ushort.MaxValue;

    private readonly FileContent _content;
    private readonly ByteView _bytes;
    private readonly long _directory;
    private readonly long _end;
    private readonly long _shift;

    /// <exception cref="InvalidDataException">It is no zip.</exception>
    public ZipFile(FileContent content)
    {
        _content = content;
        _bytes = new ByteView(content, isBigEndian: false);
        var end = FindEnd();
        var (size, offset) = ((long)_bytes.U32(end + 12), (long)_bytes.U32(end + 16));
        if (end >= 20 && _bytes.U32(end - 20) == WideLocatorMark) (size, offset, end) = ReadWideEnd(end);
        _directory = end - size;
        _end = end;
        _shift = _directory - offset;
        if (size < 0 || _directory < 0 || _shift < 0) throw new InvalidDataException("the directory of the zip lies outside of it");
    }

    /// <exception cref="InvalidDataException">The directory ends in its midst.</exception>
    public IEnumerable<ZipMember> Members()
    {
        for (var at = _directory; at + 46 <= _end && _bytes.U32(at) == EntryMark;)
        {
            var (nameLength, extraLength, commentLength) = (_bytes.U16(at + 28), _bytes.U16(at + 30), _bytes.U16(at + 32));
            var name = Encoding.UTF8.GetString(_bytes.Bytes(at + 46, nameLength));
            var (packed, header) = ((long)_bytes.U32(at + 20), (long)_bytes.U32(at + 42));
            if (packed == uint.MaxValue || header == uint.MaxValue) (packed, header) = ReadWideSizes(at, nameLength, extraLength, packed, header);
            yield return new ZipMember(name, _bytes.U16(at + 10), packed, header + _shift);
            at += 46 + nameLength + extraLength + commentLength;
        }
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="InvalidDataException">It is packed in a way that is not known, or lies outside of the archive.</exception>
    public Stream Open(ZipMember member)
    {
        if (_bytes.U32(member.Header) != LocalMark) throw new InvalidDataException($"'{member.Name}' is not where the directory of the zip says");
        if ((_bytes.U16(member.Header + 6) & 1) != 0) throw new InvalidDataException($"'{member.Name}' is encrypted");
        var start = member.Header + 30 + _bytes.U16(member.Header + 26) + _bytes.U16(member.Header + 28);
        var packed = new ContentPart(_content, start, Math.Max(0, Math.Min(member.Packed, _content.Length - start)));
        return member.Method switch
        {
            0 => packed,
            8 => new DeflateStream(packed, CompressionMode.Decompress),
            var method => throw new InvalidDataException($"'{member.Name}' is packed by method {method}, which is not known"),
        };
    }

    private long FindEnd()
    {
        var size = (int)Math.Min(_content.Length, LongestComment + EndSize);
        var tail = _content.Bytes(_content.Length - size, size);
        for (var at = size - EndSize; at >= 0; at--)
        {
            if (BitConverter.ToUInt32(tail, at) == EndMark) return _content.Length - size + at;
        }

        throw new InvalidDataException("the end of the zip is missing");
    }

    private (long Size, long Offset, long End) ReadWideEnd(long end)
    {
        // The locator's offset does not count what stands before the archive; the record is right before the locator.
        var at = end - 20 - 56;
        if (at < 0 || _bytes.U32(at) != WideEndMark) at = (long)_bytes.U64(end - 20 + 8);
        if (_bytes.U32(at) != WideEndMark) throw new InvalidDataException("the end of the zip is damaged");
        return ((long)_bytes.U64(at + 40), (long)_bytes.U64(at + 48), at);
    }

    private (long Packed, long Header) ReadWideSizes(long at, int nameLength, int extraLength, long packed, long header)
    {
        var isSizeWide = _bytes.U32(at + 24) == uint.MaxValue;
        var (extra, end) = (at + 46 + nameLength, at + 46 + nameLength + extraLength);
        while (extra + 4 <= end && _bytes.U16(extra) != 1) extra += 4 + _bytes.U16(extra + 2);
        if (extra + 4 > end) return (packed, header);
        var field = extra + 4 + (isSizeWide ? 8 : 0);
        if (packed == uint.MaxValue)
        {
            packed = (long)_bytes.U64(field);
            field += 8;
        }

        return (packed, header == uint.MaxValue ? (long)_bytes.U64(field) : header);
    }
}
