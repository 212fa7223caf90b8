namespace Strata.Packages.Catalogers.Programs;

/// <summary>Reads the headers of ELF. elf(5).</summary>
internal static class ElfReader
{
    private const uint Load = 1;
    private const uint Writable = 2;
    private const uint NoBits = 8;
    private const int LongestName = 128;

    public static bool Is(ReadOnlySpan<byte> head) => head.StartsWith("\u007fELF"u8);

    /// <exception cref="InvalidDataException">The headers are not those of ELF, or lie outside of the file.</exception>
    public static ProgramFile Read(FileContent content)
    {
        Span<byte> ident = stackalloc byte[6];
        if (content.ReadAt(0, ident) < ident.Length) throw new InvalidDataException("the file ends within its first header");
        var isWide = ident[4] switch { 1 => false, 2 => true, var c => throw new InvalidDataException($"an ELF file of class {c}") };
        var bytes = new ByteView(content, isBigEndian: ident[5] == 2);
        return new ProgramFile(bytes, Sections(bytes, isWide), Segments(bytes, isWide));
    }

    private static List<ProgramSection> Segments(ByteView bytes, bool isWide)
    {
        var table = (long)bytes.Word(isWide ? 32 : 28, isWide);
        var size = bytes.U16(isWide ? 54 : 42);
        var count = Math.Min(bytes.U16(isWide ? 56 : 44), ProgramFile.MostSections);
        var segments = new List<ProgramSection>();
        for (var i = 0; i < count; i++)
        {
            var at = table + (long)i * size;
            if (bytes.U32(at) != Load) continue;
            var flags = bytes.U32(at + (isWide ? 4 : 24));
            var offset = (long)bytes.Word(at + (isWide ? 8 : 4), isWide);
            var address = bytes.Word(at + (isWide ? 16 : 8), isWide);
            var length = (long)bytes.Word(at + (isWide ? 32 : 16), isWide);
            if (offset >= 0 && length > 0) segments.Add(new ProgramSection("", address, offset, length, (flags & Writable) != 0));
        }

        return segments;
    }

    private static List<ProgramSection> Sections(ByteView bytes, bool isWide)
    {
        var table = (long)bytes.Word(isWide ? 40 : 32, isWide);
        var size = bytes.U16(isWide ? 58 : 46);
        var count = Math.Min(bytes.U16(isWide ? 60 : 48), ProgramFile.MostSections);
        var names = bytes.U16(isWide ? 62 : 50);
        var sections = new List<ProgramSection>();
        // A program may have been stripped of them, table and all.
        if (table <= 0 || table >= bytes.Length || names >= count) return sections;
        var nameTable = OffsetAndSize(bytes, table + (long)names * size, isWide).Offset;
        for (var i = 0; i < count; i++)
        {
            var at = table + (long)i * size;
            if (bytes.U32(at + 4) == NoBits) continue;
            var (offset, length) = OffsetAndSize(bytes, at, isWide);
            var name = bytes.Text(nameTable + bytes.U32(at), LongestName);
            if (offset < 0 || length <= 0 || name.Length == 0) continue;
            var flags = bytes.Word(at + 8, isWide);
            sections.Add(new ProgramSection(name, bytes.Word(at + (isWide ? 16 : 12), isWide), offset, length, (flags & 1) != 0));
        }

        return sections;
    }

    private static (long Offset, long Size) OffsetAndSize(ByteView bytes, long at, bool isWide) =>
        ((long)bytes.Word(at + (isWide ? 24 : 16), isWide), (long)bytes.Word(at + (isWide ? 32 : 20), isWide));
}
