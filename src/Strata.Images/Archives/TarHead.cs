using System.Globalization;
using System.Text;
using Strata.Layers.Tar;

namespace Strata.Images.Archives;

/// <summary>Makes header blocks: for the few plain files of an image archive, and for members that get another name.</summary>
internal static class TarHead
{
    private const int NameLength = 100;

    /// <summary>A plain file, owned by root, of no time: an archive of the same images is the same archive.</summary>
    public static byte[] File(string path, long size, int mode = 0x1A4)
    {
        var block = new byte[TarFields.Block];
        TarFields.SetOctal(block.AsSpan(100, 8), mode);
        TarFields.SetOctal(block.AsSpan(108, 8), 0);
        TarFields.SetOctal(block.AsSpan(116, 8), 0);
        TarFields.SetOctal(block.AsSpan(124, 12), size);
        TarFields.SetOctal(block.AsSpan(136, 12), 0);
        block[156] = (byte)'0';
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        return Named(block, [], path, link: null);
    }

    /// <summary>The member's headers with another name, and another link target if there is one; all else, such as attributes, is kept.</summary>
    public static byte[] Renamed(TarMember member, string path, string? link)
    {
        List<(string Key, byte[] Value)> kept = [];
        foreach (var (type, body) in Metadata(member))
            if (type == (byte)'x') kept.AddRange(TarFields.Records(body).Where(r => r.Key is not ("path" or "linkpath" or "GNU.sparse.name")));
        if (kept.Exists(r => r.Key.StartsWith("GNU.sparse.", StringComparison.Ordinal))) kept.Add(("GNU.sparse.name", PathText.Encode(path)));
        var own = member.Head.AsSpan(member.HeaderAt, TarFields.Block).ToArray();
        var after = member.Head.AsSpan(member.HeaderAt + TarFields.Block);
        // The prefix of a long POSIX name is part of the old name; GNU keeps times and its sparse map there.
        if (own.AsSpan(257, 6).SequenceEqual("ustar\0"u8)) own.AsSpan(345, 155).Clear();
        return [.. Named(own, kept, path, link ?? member.Link), .. after];
    }

    private static IEnumerable<(byte Type, byte[] Body)> Metadata(TarMember member)
    {
        for (var at = 0; at < member.HeaderAt;)
        {
            var size = TarFields.Size(member.Head.AsSpan(at, TarFields.Block));
            yield return (member.Head[at + 156], member.Head.AsSpan(at + TarFields.Block, (int)size).ToArray());
            at += TarFields.Block + (int)(size + TarFields.Padding(size));
        }
    }

    private static byte[] Named(byte[] block, List<(string Key, byte[] Value)> records, string path, string? link)
    {
        SetText(block, 0, PathText.Encode(path), "path", records);
        SetText(block, 157, link is null ? [] : PathText.Encode(link), "linkpath", records);
        TarFields.SetSum(block);
        if (records.Count == 0) return block;
        using var body = new MemoryStream();
        foreach (var (key, value) in records) Record(body, key, value);
        var header = new byte[TarFields.Block];
        "PaxHeaders"u8.CopyTo(header);
        TarFields.SetOctal(header.AsSpan(100, 8), 0x1A4);
        TarFields.SetOctal(header.AsSpan(124, 12), body.Length);
        TarFields.SetOctal(header.AsSpan(136, 12), 0);
        header[156] = (byte)'x';
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        "00"u8.CopyTo(header.AsSpan(263));
        TarFields.SetSum(header);
        return [.. header, .. body.ToArray(), .. new byte[TarFields.Padding(body.Length)], .. block];
    }

    private static void SetText(byte[] block, int at, byte[] text, string key, List<(string Key, byte[] Value)> records)
    {
        var field = block.AsSpan(at, NameLength);
        field.Clear();
        text.AsSpan(0, Math.Min(text.Length, NameLength)).CopyTo(field);
        if (text.Length > NameLength) records.Add((key, text));
    }

    private static void Record(MemoryStream records, string key, byte[] value)
    {
        // The length counts its own digits.
        var rest = 1 + Encoding.UTF8.GetByteCount(key) + 1 + value.Length + 1;
        var length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length) length++;
        records.Write(Encoding.UTF8.GetBytes($"{length.ToString(CultureInfo.InvariantCulture)} {key}="));
        records.Write(value);
        records.WriteByte((byte)'\n');
    }
}
