using System.Buffers.Binary;
using System.Text;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>
/// The header of a package as databases have it. rpm, docs/manual/hregions.md and format_v4: two lengths, then entries of tag, type,
/// offset and count, then their data; all numbers with the high byte first.
/// </summary>
internal readonly ref struct RpmHeader
{
    /// <summary>Bytes of a header; those of the packages with the most files have some 15 MiB. rpm itself takes 256 MiB.</summary>
    private const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Files of a package, or folders.</summary>
    private const int MostTexts = 1_000_000;

    private const int Lengths = 8;
    private const int EntrySize = 16;

    private readonly ReadOnlySpan<byte> _entries;
    private readonly ReadOnlySpan<byte> _data;

    /// <summary>Asked before a header is put together from its pieces.</summary>
    /// <exception cref="InvalidDataException">It would be too long.</exception>
    public static void CheckLength(long length)
    {
        if (length > MostBytes) throw new InvalidDataException($"a header says it has {length} bytes; up to {MostBytes} are read");
    }

    /// <exception cref="InvalidDataException">The lengths are not those of the blob.</exception>
    public RpmHeader(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < Lengths) throw new InvalidDataException($"a header of {blob.Length} bytes");
        long entries = BinaryPrimitives.ReadUInt32BigEndian(blob), data = BinaryPrimitives.ReadUInt32BigEndian(blob[4..]);
        if (Lengths + entries * EntrySize + data > blob.Length)
            throw new InvalidDataException($"a header says it has {entries} entries and {data} bytes of data, and has {blob.Length} bytes in all");
        _entries = blob.Slice(Lengths, (int)entries * EntrySize);
        _data = blob.Slice(Lengths + (int)entries * EntrySize, (int)data);
    }

    /// <summary>Null where the header does not say it.</summary>
    public string? Text(RpmTag tag)
    {
        foreach (var text in Texts(tag)) return text.Length == 0 ? null : text;
        return null;
    }

    /// <summary>Null where the header does not say it.</summary>
    public uint? Number(RpmTag tag) => Numbers(tag) is { Length: >= sizeof(uint) } numbers ? BinaryPrimitives.ReadUInt32BigEndian(numbers) : null;

    /// <summary>Four bytes each.</summary>
    public ReadOnlySpan<byte> Numbers(RpmTag tag)
    {
        if (!Find(tag, out var type, out var data, out var count)) return default;
        if (type != RpmType.Int32 || (long)count * sizeof(uint) > data.Length) throw new InvalidDataException($"the header has no {tag} where it says");
        return data[..((int)count * sizeof(uint))];
    }

    public List<string> Texts(RpmTag tag)
    {
        var texts = new List<string>();
        if (!Find(tag, out var type, out var data, out var count)) return texts;
        if (type is not (RpmType.Text or RpmType.Texts or RpmType.Translated)) throw new InvalidDataException($"the header's {tag} is no text");
        if (count > MostTexts) throw new InvalidDataException($"the header has {count} times {tag}; up to {MostTexts} are read");
        for (var i = 0u; i < count; i++)
        {
            var end = data.IndexOf((byte)0);
            if (end < 0) throw new InvalidDataException($"the header's {tag} does not end");
            texts.Add(Encoding.UTF8.GetString(data[..end]));
            data = data[(end + 1)..];
        }

        return texts;
    }

    /// <summary>The last entry of a tag counts: what rpm adds when it installs a package comes behind what the package had.</summary>
    private bool Find(RpmTag tag, out RpmType type, out ReadOnlySpan<byte> data, out uint count)
    {
        for (var at = _entries.Length - EntrySize; at >= 0; at -= EntrySize)
        {
            var entry = _entries.Slice(at, EntrySize);
            if (BinaryPrimitives.ReadUInt32BigEndian(entry) != (uint)tag) continue;
            type = (RpmType)BinaryPrimitives.ReadInt32BigEndian(entry[4..]);
            var offset = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
            count = BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);
            if (offset > _data.Length) throw new InvalidDataException($"the header has no {tag} where it says");
            data = _data[(int)offset..];
            return true;
        }

        type = RpmType.None;
        data = default;
        count = 0;
        return false;
    }
}
