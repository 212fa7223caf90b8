using System.Buffers.Binary;
using System.Text;

namespace Strata.Packages.Tests.Programs;

/// <summary>ELF files with the build info of Go, in the form before Go 1.18 and in the one since.</summary>
internal static class GoProgram
{
    public static byte[] Inline(string version, string modules) => new Elf().With(
        ".go.buildinfo", [.. Magic(8, 2), .. new byte[16], .. Prefixed(Encoding.UTF8.GetBytes(version)), .. Prefixed(Marked(modules))]).Build();

    public static byte[] WithPointers(string version, string modules, bool isWide, bool isBigEndian)
    {
        var word = isWide ? 8 : 4;
        // The sections lie at 0x100 and, as each is a multiple of 16 long, behind one another.
        const ulong Info = Elf.Base + 0x100;
        var (text, marked) = (Encoding.UTF8.GetBytes(version), Marked(modules));
        ulong headers = Info + 32, bytes = headers + 64;
        byte[] Word(ulong value) => Number(value, word, isBigEndian);
        byte[] info = [.. Magic((byte)word, (byte)(isBigEndian ? 1 : 0)), .. Word(headers), .. Word(headers + 32)];
        byte[] strings = [.. Word(bytes), .. Word((ulong)text.Length)];
        byte[] more = [.. Word(bytes + 64), .. Word((ulong)marked.Length)];
        return new Elf(isWide, isBigEndian).With(".go.buildinfo", Padded(info, 32)).With(".data", [.. Padded(strings, 32), .. Padded(more, 32), .. Padded(text, 64), .. marked]).Build();
    }

    private static byte[] Magic(byte pointer, byte flags) => [0xff, .. " Go buildinf:"u8, pointer, flags];

    private static byte[] Marked(string modules) =>
        modules.Length == 0 ? [] : [.. Enumerable.Repeat((byte)0x30, 16), .. Encoding.UTF8.GetBytes(modules), .. Enumerable.Repeat((byte)0xf9, 16)];

    private static byte[] Prefixed(byte[] text)
    {
        var length = new List<byte>();
        for (var left = text.Length; ; left >>= 7)
        {
            length.Add((byte)(left >= 0x80 ? left | 0x80 : left));
            if (left < 0x80) return [.. length, .. text];
        }
    }

    private static byte[] Padded(byte[] bytes, int size) => [.. bytes, .. new byte[size - bytes.Length]];

    private static byte[] Number(ulong value, int size, bool isBigEndian)
    {
        var bytes = new byte[8];
        if (isBigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value << (64 - 8 * size));
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes[..size];
    }
}
