using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Strata.Layers.Tar;

/// <summary>
/// Writes a tar that every reader takes: ustar where it suffices, a PAX header where a name is long, a number large or an attribute there.
/// The same entries give the same bytes.
/// </summary>
internal sealed class TarWriter(Stream output)
{
    /// <summary>The largest number that eleven octal digits hold.</summary>
    private const long MaxOctal = 0x1_FFFF_FFFF;
    private const long MaxId = 0x1F_FFFF;
    private static readonly byte[] Zeros = new byte[TarHeader.Length * 2];
    private readonly byte[] _block = new byte[TarHeader.Length];
    private long _padding;

    /// <summary>
    /// Writes the entry's header; for a file with content, the caller then writes exactly its size to <see cref="Output"/>.
    /// </summary>
    public void Begin(LayerEntry entry, IReadOnlyList<KeyValuePair<string, byte[]>> xattrs)
    {
        End();
        var name = PathText.Encode(Whiteouts.Name(entry.Path, entry.Whiteout));
        if (name.Length == 0) name = "."u8.ToArray();
        if (entry.Type == EntryType.Directory) name = [.. name, (byte)'/'];
        var link = entry.LinkTarget is null ? [] : PathText.Encode(entry.LinkTarget);
        var records = Records(entry, name, link, xattrs);
        if (records.Length > 0)
        {
            WriteBlock("PaxHeaders"u8, [], (byte)'x', records.Length, entry with { Mode = 0x1A4, Uid = 0, Gid = 0, ModTime = DateTimeOffset.UnixEpoch });
            output.Write(records);
            _padding = Padding(records.Length);
            End();
        }
        WriteBlock(Cut(name), Cut(link), TypeFlag(entry.Type), entry.Size, entry);
        _padding = Padding(entry.Size);
    }

    public Stream Output => output;

    /// <summary>Writes the archive's end mark.</summary>
    public void Finish()
    {
        End();
        output.Write(Zeros);
    }

    private void End()
    {
        output.Write(Zeros.AsSpan(0, (int)_padding));
        _padding = 0;
    }

    private static long Padding(long size) => (TarHeader.Length - size % TarHeader.Length) % TarHeader.Length;

    private static ReadOnlySpan<byte> Cut(byte[] text) => text.Length > 100 ? text.AsSpan(0, 100) : text;

    private static byte TypeFlag(EntryType type) => type switch
    {
        EntryType.Hardlink => (byte)'1',
        EntryType.Symlink => (byte)'2',
        EntryType.CharacterDevice => (byte)'3',
        EntryType.BlockDevice => (byte)'4',
        EntryType.Directory => (byte)'5',
        EntryType.Fifo => (byte)'6',
        _ => (byte)'0',
    };

    private void WriteBlock(ReadOnlySpan<byte> name, ReadOnlySpan<byte> link, byte type, long size, LayerEntry entry)
    {
        Array.Clear(_block);
        name.CopyTo(_block);
        link.CopyTo(_block.AsSpan(157));
        Octal(100, 7, entry.Mode);
        Octal(108, 7, Math.Min(entry.Uid, MaxId));
        Octal(116, 7, Math.Min(entry.Gid, MaxId));
        Octal(124, 11, Math.Min(size, MaxOctal));
        Octal(136, 11, Math.Clamp(entry.Modified.Seconds, 0, MaxOctal));
        _block[156] = type;
        "ustar\0"u8.CopyTo(_block.AsSpan(257));
        "00"u8.CopyTo(_block.AsSpan(263));
        Octal(329, 7, entry.DeviceMajor);
        Octal(337, 7, entry.DeviceMinor);
        _block.AsSpan(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var b in _block) sum += b;
        Octal(148, 6, sum);
        _block[154] = 0;
        output.Write(_block);
    }

    private void Octal(int at, int digits, long value)
    {
        for (var i = digits - 1; i >= 0; i--, value >>= 3) _block[at + i] = (byte)('0' + (value & 7));
    }

    private static byte[] Records(LayerEntry entry, byte[] name, byte[] link, IReadOnlyList<KeyValuePair<string, byte[]>> xattrs)
    {
        using var records = new MemoryStream();
        foreach (var (key, value) in xattrs.OrderBy(x => x.Key, StringComparer.Ordinal)) Record(records, "SCHILY.xattr." + key, value);
        if (entry.Gid > MaxId) Record(records, "gid", Number(entry.Gid));
        if (link.Length > 100) Record(records, "linkpath", link);
        if (entry.Modified.Seconds is < 0 or > MaxOctal) Record(records, "mtime", Number(entry.ModTime.ToUnixTimeSeconds()));
        if (name.Length > 100) Record(records, "path", name);
        if (entry.Size > MaxOctal) Record(records, "size", Number(entry.Size));
        if (entry.Uid > MaxId) Record(records, "uid", Number(entry.Uid));
        return records.ToArray();
    }

    private static byte[] Number(long value)
    {
        var text = new byte[20];
        Utf8Formatter.TryFormat(value, text, out var length);
        return text[..length];
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
