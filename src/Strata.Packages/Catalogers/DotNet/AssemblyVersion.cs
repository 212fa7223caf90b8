using System.Text;
using Strata.Packages.Catalogers.Programs;

namespace Strata.Packages.Catalogers.DotNet;

/// <summary>
/// What an assembly says of itself, for those that no deps.json names: its own name and version, in the version resource that each compiler of
/// .NET writes. "VS_VERSIONINFO structure", Microsoft.
/// </summary>
internal static class AssemblyVersion
{
    private const int RuntimeHeader = 14;
    private const int Resources = 2;
    private const int LongestResources = 16 * 1024 * 1024;

    public static void Find(ProgramFile program, string path, PackageList found)
    {
        // Assemblies to compile against have no code.
        if (path.Contains("/ref/", StringComparison.Ordinal) || path.EndsWith(".resources.dll", StringComparison.OrdinalIgnoreCase)) return;
        if (!program.IsPe || PeReader.Table(program, RuntimeHeader) is null || PeReader.Table(program, Resources) is not { } table) return;
        var texts = Strings(program.Memory(table.Address, (int)Math.Min(table.Size, LongestResources)));
        var file = texts.GetValueOrDefault("InternalName") ?? texts.GetValueOrDefault("OriginalFilename") ?? path[(path.LastIndexOf('/') + 1)..];
        var version = Version(texts.GetValueOrDefault("ProductVersion")) ?? Version(texts.GetValueOrDefault("FileVersion"));
        found.Add("nuget", NameOf(file), version);
    }

    private static string NameOf(string file) =>
        file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? file[..^4] : file;

    /// <summary>Without the commit that the SDK puts behind it.</summary>
    private static string? Version(string? text)
    {
        if (text is null) return null;
        var end = text.AsSpan().IndexOfAny('+', ' ', '@');
        if (end >= 0) text = text[..end];
        return text.Length > 0 && char.IsAsciiDigit(text[0]) ? text : null;
    }

    /// <summary>Each string is a header of three numbers, a key, and from the next multiple of 4 on a value, all in UTF-16.</summary>
    private static Dictionary<string, string> Strings(byte[] resources)
    {
        var strings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var key in (string[])["InternalName", "OriginalFilename", "ProductVersion", "FileVersion"])
        {
            var name = Encoding.Unicode.GetBytes(key + "\0");
            var at = resources.AsSpan().IndexOf(name);
            if (at < 0) continue;
            var value = resources.AsSpan(Math.Min((at + name.Length + 3) / 4 * 4, resources.Length));
            var text = Encoding.Unicode.GetString(value[..Math.Min(value.Length & ~1, 512)]);
            var end = text.IndexOf('\0', StringComparison.Ordinal);
            if (end > 0) strings[key] = text[..end].Trim();
        }

        return strings;
    }
}
