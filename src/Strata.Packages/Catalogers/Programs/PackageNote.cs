using System.Buffers.Binary;
using System.Text.Json;

namespace Strata.Packages.Catalogers.Programs;

/// <summary>
/// What a distribution's build wrote into each of its programs about the package that it is part of. systemd.io, "Package Metadata for
/// Executable Files".
/// </summary>
internal static class PackageNote
{
    private const string Section = ".note.package";
    private const int LongestNote = 64 * 1024;
    private const int Header = 12;

    private static readonly string[] PackageTypes = ["deb", "rpm", "apk", "alpm"];

    public static void Find(ProgramFile program, PackageList found)
    {
        if (program.Find(Section) is not { } section) return;
        var note = Text(program.Read(section, LongestNote), program.Bytes.IsBigEndian);
        using var json = JsonDocument.Parse(note.TrimEnd((byte)0));
        var root = json.RootElement;
        var type = root.Text("type");
        found.Add(
            PackageTypes.Contains(type) ? type! : "generic",
            root.Text("name"),
            root.Text("version"),
            licenses: root.Text("license") is { Length: > 0 } license ? [license] : null,
            architecture: root.Text("architecture") is { Length: > 0 } architecture ? architecture : null,
            purl: root.Text("purl") is { } purl && purl.StartsWith("pkg:", StringComparison.Ordinal) ? purl : null);
    }

    /// <summary>The note without its header (elf(5), "Notes"); some builds write none.</summary>
    private static ReadOnlyMemory<byte> Text(byte[] section, bool isBigEndian)
    {
        if (section.Length <= Header || section[0] == '{') return section;
        var name = Number(section, isBigEndian);
        var length = Number(section.AsSpan(4), isBigEndian);
        var start = Header + (name + 3L) / 4 * 4;
        if (start + length > section.Length) throw new InvalidDataException($"the note in '{Section}' ends before its content");
        return section.AsMemory((int)start, (int)length);
    }

    private static uint Number(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
