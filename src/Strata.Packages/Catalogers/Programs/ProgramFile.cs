namespace Strata.Packages.Catalogers.Programs;

/// <summary>An executable or a shared library, whichever system it is for: its pieces, and its memory before it runs.</summary>
/// <param name="bytes">The file.</param>
/// <param name="sections">What the linker names.</param>
/// <param name="segments">What is loaded; where a format makes no difference, the same.</param>
internal sealed class ProgramFile(ByteView bytes, IReadOnlyList<ProgramSection> sections, IReadOnlyList<ProgramSection> segments)
{
    /// <summary>Real ones have some 40; what has more than these is made to be slow.</summary>
    internal const ushort MostSections = 4096;

    public ByteView Bytes => bytes;

    /// <summary>For Windows, or for .NET.</summary>
    public bool IsPe { get; init; }

    public IReadOnlyList<ProgramSection> Segments => segments;

    public ProgramSection? Find(string name)
    {
        foreach (var section in sections)
            if (section.Name == name) return section;
        return null;
    }

    /// <summary>The content of a section.</summary>
    /// <exception cref="InvalidDataException">It is longer than a limit, or the file ends before.</exception>
    public byte[] Read(ProgramSection section, int most) =>
        section.Size <= most ? bytes.Bytes(section.Offset, (int)section.Size) : throw new InvalidDataException($"the section '{section.Name}' is longer than {most} bytes");

    /// <summary>Memory as it is before the program runs.</summary>
    /// <exception cref="InvalidDataException">Nothing is loaded there.</exception>
    public byte[] Memory(ulong address, int count) => bytes.Bytes(OffsetOf(address, count), count);

    /// <summary>Where in the file so many bytes of memory are.</summary>
    /// <exception cref="InvalidDataException">Nothing is loaded there.</exception>
    public long OffsetOf(ulong address, int count)
    {
        foreach (var segment in segments)
        {
            if (address >= segment.Address && address - segment.Address < (ulong)segment.Size && (ulong)count <= (ulong)segment.Size - (address - segment.Address))
                return segment.Offset + (long)(address - segment.Address);
        }

        throw new InvalidDataException($"nothing is loaded at the address {address:x}");
    }
}
