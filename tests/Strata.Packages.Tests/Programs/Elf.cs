using System.Buffers.Binary;
using System.Text;

namespace Strata.Packages.Tests.Programs;

/// <summary>Makes small ELF files with the sections that a test is about, of either width and byte order.</summary>
internal sealed class Elf(bool isWide = true, bool isBigEndian = false)
{
    public const ulong Base = 0x40_0000;

    private readonly List<(string Name, byte[] Content)> _sections = [];

    public Elf With(string name, byte[] content)
    {
        _sections.Add((name, content));
        return this;
    }

    /// <summary>All sections one after another from offset 0x100 on, loaded at <see cref="Base"/> + offset, writable.</summary>
    public byte[] Build()
    {
        var content = new MemoryStream();
        content.Write(new byte[0x100]);
        var names = new StringBuilder("\0");
        var places = new List<(int Name, int Offset, int Size)>();
        foreach (var (name, bytes) in _sections.Append((".shstrtab", Encoding.ASCII.GetBytes("\0" + string.Concat(_sections.Select(s => s.Name + "\0")) + ".shstrtab\0"))))
        {
            content.Write(new byte[(16 - content.Length % 16) % 16]);
            places.Add((names.Length, (int)content.Length, bytes.Length));
            names.Append(name).Append('\0');
            content.Write(bytes);
        }

        var table = (int)content.Length;
        WriteHeader(content, table, places.Count + 1);
        content.Position = table;
        content.Write(new byte[isWide ? 64 : 40]);
        foreach (var (name, offset, size) in places) WriteSection(content, name, offset, size);
        return content.ToArray();
    }

    private void WriteHeader(MemoryStream content, int table, int sections)
    {
        content.Position = 0;
        content.Write([0x7f, (byte)'E', (byte)'L', (byte)'F', (byte)(isWide ? 2 : 1), (byte)(isBigEndian ? 2 : 1), 1, 0]);
        content.Position = 20;
        Number(content, 1, 4);
        Word(content, 0);
        Word(content, isWide ? 64UL : 52UL);
        Word(content, (ulong)table);
        Number(content, 0, 4);
        foreach (var half in (int[])[isWide ? 64 : 52, isWide ? 56 : 32, 1, isWide ? 64 : 40, sections, sections - 1]) Number(content, (ulong)half, 2);
        Number(content, 1, 4);
        if (isWide) Number(content, 6, 4);
        Word(content, 0);
        Word(content, Base);
        Word(content, Base);
        Word(content, (ulong)table);
        Word(content, (ulong)table);
        if (!isWide) Number(content, 6, 4);
    }

    private void WriteSection(MemoryStream content, int name, int offset, int size)
    {
        Number(content, (ulong)name, 4);
        Number(content, 1, 4);
        Word(content, 3);
        Word(content, Base + (ulong)offset);
        Word(content, (ulong)offset);
        Word(content, (ulong)size);
        content.Write(new byte[isWide ? 24 : 16]);
    }

    private void Word(MemoryStream content, ulong value) => Number(content, value, isWide ? 8 : 4);

    private void Number(MemoryStream content, ulong value, int size)
    {
        Span<byte> bytes = stackalloc byte[8];
        if (isBigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value << (64 - 8 * size));
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        content.Write(bytes[..size]);
    }
}
