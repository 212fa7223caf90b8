using System.Globalization;
using System.Text;

namespace Strata.Layers.Tests;

/// <summary>Writes any tar, right or wrong: every field as it is told, with a checksum that holds.</summary>
internal sealed class RawTar
{
    private readonly MemoryStream _bytes = new();

    public RawTar File(string name, string content = "", int mode = 0x1A4) => Entry('0', name, content, mode: mode);

    public RawTar Folder(string name, int mode = 0x1ED) => Entry('5', name, mode: mode);

    public RawTar Symlink(string name, string target) => Entry('2', name, link: target);

    public RawTar Hardlink(string name, string target) => Entry('1', name, link: target);

    public RawTar Device(char type, string name, int major, int minor) => Entry(type, name, edit: block =>
    {
        Put(block, 329, $"{Convert.ToString(major, 8).PadLeft(7, '0')}\0");
        Put(block, 337, $"{Convert.ToString(minor, 8).PadLeft(7, '0')}\0");
    });

    /// <summary>PAX records; a null key ends nothing, it is the caller who keeps to the rules.</summary>
    public RawTar Pax(params (string Key, string Value)[] records) => PaxBytes('x', Latin1(records));

    public RawTar GlobalPax(params (string Key, string Value)[] records) => PaxBytes('g', Latin1(records));

    public RawTar PaxBytes(char type, byte[] body) => Entry(type, "PaxHeaders/x", body);

    public RawTar Entry(char type, string name, string content = "", string link = "", int mode = 0x1A4, Action<byte[]>? edit = null) =>
        Entry(type, name, Encoding.Latin1.GetBytes(content), link, mode, edit);

    public RawTar Entry(char type, string name, byte[] content, string link = "", int mode = 0x1A4, Action<byte[]>? edit = null)
    {
        var block = new byte[512];
        Put(block, 0, name);
        Put(block, 100, $"{Convert.ToString(mode, 8).PadLeft(7, '0')}\0");
        Put(block, 108, "0000000\0");
        Put(block, 116, "0000000\0");
        Put(block, 124, $"{Convert.ToString(content.Length, 8).PadLeft(11, '0')}\0");
        Put(block, 136, "00000000000\0");
        block[156] = (byte)type;
        Put(block, 157, link);
        Put(block, 257, "ustar\000");
        edit?.Invoke(block);
        return Block(Summed(block)).Raw(content).Pad();
    }

    public RawTar Block(byte[] block) => Raw(block);

    public RawTar Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    public RawTar Pad()
    {
        while (_bytes.Length % 512 != 0) _bytes.WriteByte(0);
        return this;
    }

    public byte[] End() => Raw(new byte[1024])._bytes.ToArray();

    public byte[] WithoutEnd() => _bytes.ToArray();

    public static void Put(byte[] block, int at, string latin1) => Encoding.Latin1.GetBytes(latin1).CopyTo(block, at);

    public static void PutBytes(byte[] block, int at, params byte[] bytes) => bytes.CopyTo(block, at);

    public static byte[] Summed(byte[] block)
    {
        block.AsSpan(148, 8).Fill((byte)' ');
        Put(block, 148, Convert.ToString(block.Sum(b => (int)b), 8).PadLeft(6, '0') + "\0 ");
        return block;
    }

    public static byte[] Latin1(params (string Key, string Value)[] records) =>
        [.. records.SelectMany(r => Record(r.Key, Encoding.Latin1.GetBytes(r.Value)))];

    public static byte[] Record(string key, byte[] value)
    {
        byte[] rest = [.. Encoding.Latin1.GetBytes($" {key}="), .. value, (byte)'\n'];
        var length = rest.Length;
        while (length != rest.Length + Digits(length)) length = rest.Length + Digits(length);
        return [.. Encoding.ASCII.GetBytes(length.ToString(CultureInfo.InvariantCulture)), .. rest];
    }

    private static int Digits(int n) => n.ToString(CultureInfo.InvariantCulture).Length;
}
