using System.Buffers.Binary;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>Reads the headers of Mach-O: one program, or several for different processors in one file. mach-o/loader.h, mach-o/fat.h.</summary>
internal static class MachReader
{
    private const int MostPrograms = 16;
    private const uint Segment = 0x1;
    private const uint WideSegment = 0x19;

    public static bool Is(ReadOnlySpan<byte> head) => IsThin(head) || IsFat(head);

    /// <exception cref="InvalidDataException">The headers lie outside of the file.</exception>
    public static IEnumerable<ProgramFile> Read(FileContent content)
    {
        var head = content.Bytes(0, 8);
        if (IsThin(head))
        {
            yield return ReadOne(content, start: 0);
            yield break;
        }
        var fat = new ByteView(content, isBigEndian: true);
        var count = fat.U32(4);
        for (var i = 0; i < count; i++) yield return ReadOne(content, fat.U32(8 + i * 20 + 8));
    }

    private static bool IsThin(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(head) is 0xfeedface or 0xfeedfacf or 0xcefaedfe or 0xcffaedfe;

    /// <summary>Classes of Java begin in the same way; what is the number of programs here is a version there, at least 45.</summary>
    private static bool IsFat(ReadOnlySpan<byte> head) =>
        head.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(head) == 0xcafebabe && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is > 0 and <= MostPrograms;

    private static ProgramFile ReadOne(FileContent content, long start)
    {
        var magic = BinaryPrimitives.ReadUInt32BigEndian(content.Bytes(start, 4));
        var isWide = magic is 0xfeedfacf or 0xcffaedfe;
        if (!isWide && magic is not (0xfeedface or 0xcefaedfe)) throw new InvalidDataException("a part of the file is no program");
        var bytes = new ByteView(content, isBigEndian: magic is 0xfeedface or 0xfeedfacf, start);
        var (sections, segments) = (new List<ProgramSection>(), new List<ProgramSection>());
        var count = Math.Min(bytes.U32(16), ProgramFile.MostSections);
        long at = isWide ? 32 : 28;
        for (var i = 0; i < count; i++)
        {
            var (command, size) = (bytes.U32(at), bytes.U32(at + 4));
            if (size < 8) throw new InvalidDataException("a load command has no length");
            if (command == (isWide ? WideSegment : Segment)) ReadSegment(bytes, at, isWide, sections, segments);
            at += size;
        }

        return new ProgramFile(bytes, sections, segments);
    }

    private static void ReadSegment(ByteView bytes, long at, bool isWide, List<ProgramSection> sections, List<ProgramSection> segments)
    {
        var word = isWide ? 8 : 4;
        var isData = (bytes.U32(at + 24 + 4 * word + 4) & 2) != 0;
        segments.Add(new ProgramSection(
            bytes.Text(at + 8, 16), bytes.Word(at + 24, isWide), (long)bytes.Word(at + 24 + 2 * word, isWide), (long)bytes.Word(at + 24 + 3 * word, isWide), isData));
        var count = Math.Min(bytes.U32(at + 24 + 4 * word + 8), ProgramFile.MostSections - sections.Count);
        var first = at + 24 + 4 * word + 16;
        for (var i = 0; i < count; i++)
        {
            var section = first + (long)i * (isWide ? 80 : 68);
            sections.Add(new ProgramSection(
                bytes.Text(section, 16), bytes.Word(section + 32, isWide), bytes.U32(section + 32 + 2 * word), (long)bytes.Word(section + 32 + word, isWide), isData));
        }
    }
}
