namespace Strata.Packages.Catalogers.Programs;

/// <summary>Reads the headers of PE. "PE Format", Microsoft.</summary>
internal static class PeReader
{
    private const int FileHeader = 24;
    private const int SectionHeader = 40;
    private const uint InitializedData = 0x40;
    private const uint Writable = 0x8000_0000;

    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("MZ"u8);

    /// <summary>Null for a program of DOS, which has the same first bytes.</summary>
    /// <exception cref="InvalidDataException">The headers lie outside of the file.</exception>
    public static ProgramFile? Read(FileContent content)
    {
        var bytes = new ByteView(content, isBigEndian: false);
        if (Header(bytes) is not { } header) return null;
        var isWide = bytes.U16(header + FileHeader) == 0x20b;
        var imageBase = bytes.Word(header + FileHeader + (isWide ? 24 : 28), isWide);
        var table = header + FileHeader + bytes.U16(header + 20);
        var count = Math.Min(bytes.U16(header + 6), ProgramFile.MostSections);
        var sections = new List<ProgramSection>(Math.Min((int)count, 32));
        for (var i = 0; i < count; i++)
        {
            var at = table + (long)i * SectionHeader;
            var flags = bytes.U32(at + 36);
            var isData = (flags & InitializedData) != 0 && (flags & Writable) != 0;
            // The file's part is rounded up, the memory's is not.
            var size = Math.Min(bytes.U32(at + 8), bytes.U32(at + 16));
            sections.Add(new ProgramSection(bytes.Text(at, 8), imageBase + bytes.U32(at + 12), bytes.U32(at + 20), size, isData));
        }

        return new ProgramFile(bytes, sections, sections) { IsPe = true };
    }

    /// <summary>Where one of the tables that the headers name is in memory, as (address, size); null where the file has none.</summary>
    public static (ulong Address, uint Size)? Table(ProgramFile program, int number)
    {
        var bytes = program.Bytes;
        if (Header(bytes) is not { } header) return null;
        var optional = header + FileHeader;
        var isWide = bytes.U16(optional) == 0x20b;
        if (number >= bytes.U32(optional + (isWide ? 108 : 92))) return null;
        var at = optional + (isWide ? 112 : 96) + number * 8;
        var (address, size) = (bytes.U32(at), bytes.U32(at + 4));
        return size == 0 ? null : (bytes.Word(optional + (isWide ? 24 : 28), isWide) + address, size);
    }

    private static long? Header(ByteView bytes)
    {
        if (bytes.Length < 0x40) return null;
        long header = bytes.U32(0x3c);
        return header > 0 && header + 4 <= bytes.Length && bytes.U32(header) == 0x4550 ? header : null;
    }
}
