using System.Buffers;
using System.Text;
using Strata.Packages.Catalogers.Programs;

namespace Strata.Packages.Catalogers.Go;

/// <summary>What the Go linker leaves in each program: its own version, and a text about the modules. Package debug/buildinfo.</summary>
/// <param name="GoVersion"><c>go1.21.5</c>, perhaps with more after a blank.</param>
/// <param name="Modules">Lines that begin with path, mod, dep, => or build; empty where the program was built without modules.</param>
internal sealed record GoBuildInfo(string GoVersion, string Modules)
{
    private const int Header = 32;
    private const byte BigEndian = 1;
    private const byte Inline = 2;

    /// <summary>The texts of the largest programs have some 100 KB.</summary>
    private const int LongestText = 4 * 1024 * 1024;

    /// <summary>The text about modules is marked by 16 bytes before and behind it.</summary>
    private const int Mark = 16;

    /// <summary>How much of a program is searched at once.</summary>
    private const int Window = 64 * 1024;

    private static ReadOnlySpan<byte> Magic => " Go buildinf:"u8;

    /// <summary>Null where the program was not made by Go.</summary>
    /// <exception cref="InvalidDataException">It was, and what it says lies outside of the file or beyond measure.</exception>
    public static GoBuildInfo? Read(ProgramFile program)
    {
        if (Find(program) is not { } at) return null;
        var header = program.Bytes.Bytes(at, Header);
        var (version, modules) = (header[15] & Inline) != 0 ? ReadInline(program, at + Header) : ReadPointers(program, at, header);
        if (version.Length == 0) return null;
        return new GoBuildInfo(version, modules.Length > 2 * Mark && modules[^(Mark + 1)] == '\n' ? modules[Mark..^Mark] : "");
    }

    private static long? Find(ProgramFile program)
    {
        if ((program.Find(".go.buildinfo") ?? program.Find("__go_buildinfo")) is { } section && FindIn(program, section) is { } found) return found;
        foreach (var segment in program.Segments)
            if (segment.IsData && FindIn(program, segment) is { } at) return at;
        return null;
    }

    private static long? FindIn(ProgramFile program, ProgramSection section)
    {
        // Every program of an image comes by here.
        var buffer = ArrayPool<byte>.Shared.Rent(Window);
        try
        {
            for (long done = 0; done < section.Size; done += Window - Mark)
            {
                var read = program.Bytes.ReadAt(section.Offset + done, buffer.AsSpan(0, (int)Math.Min(Window, section.Size - done)));
                if (read < Mark) return null;
                for (var at = 0; ; at++)
                {
                    var next = buffer.AsSpan(at, read - at).IndexOf(Magic);
                    if (next < 0) break;
                    at += next;
                    // The byte before is 0xff, and the linker puts the header at a multiple of 16 of the memory.
                    if (at > 0 && buffer[at - 1] == 0xff && (section.Address + (ulong)(done + at - 1)) % Mark == 0) return section.Offset + done + at - 1;
                }
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Since Go 1.18.</summary>
    private static (string Version, string Modules) ReadInline(ProgramFile program, long at)
    {
        var version = ReadPrefixed(program, ref at);
        return (version, ReadPrefixed(program, ref at));
    }

    private static string ReadPrefixed(ProgramFile program, ref long at)
    {
        ulong length = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (shift > 28) throw new InvalidDataException("the build info of Go has a text without a length");
            var b = program.Bytes.Bytes(at++, 1)[0];
            length |= (ulong)(b & 0x7f) << shift;
            if (b < 0x80) break;
        }

        var text = Latin(program.Bytes.Bytes(at, Checked(length)));
        at += text.Length;
        return text;
    }

    private static (string Version, string Modules) ReadPointers(ProgramFile program, long at, byte[] header)
    {
        var isWide = header[14] switch { 4 => false, 8 => true, var size => throw new InvalidDataException($"the build info of Go has pointers of {size} bytes") };
        var word = isWide ? 8 : 4;
        if ((header[15] & BigEndian) != 0 != program.Bytes.IsBigEndian) throw new InvalidDataException("the build info of Go has another byte order than its program");
        return (ReadPointed(program, program.Bytes.Word(at + 16, isWide), isWide), ReadPointed(program, program.Bytes.Word(at + 16 + word, isWide), isWide));
    }

    /// <summary>A string of Go is the address of its bytes, and their number.</summary>
    private static string ReadPointed(ProgramFile program, ulong address, bool isWide)
    {
        if (address == 0) return "";
        var word = isWide ? 8 : 4;
        var at = program.OffsetOf(address, 2 * word);
        var (text, length) = (program.Bytes.Word(at, isWide), program.Bytes.Word(at + word, isWide));
        return length == 0 ? "" : Latin(program.Memory(text, Checked(length)));
    }

    private static int Checked(ulong length) => length <= LongestText ? (int)length : throw new InvalidDataException($"the build info of Go has a text of {length} bytes");

    // The marks are bytes, not text, so that each byte has to stay one character.
    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
