using System.IO.Compression;
using System.Text.Json;
using Strata.Packages.Catalogers.Programs;

namespace Strata.Packages.Catalogers.Rust;

/// <summary>The crates that cargo-auditable wrote into a program: JSON, compressed, in a section of its own. cargo-auditable, PARSING.md.</summary>
internal static class RustPackages
{
    private const string Section = ".dep-v0";

    /// <summary>cargo-auditable's own limit for readers is 8 MiB.</summary>
    private const int LongestText = 8 * 1024 * 1024;

    public static void Find(ProgramFile program, PackageList found)
    {
        if (program.Find(Section) is not { } section) return;
        using var json = JsonDocument.Parse(Inflate(program.Read(section, LongestText)));
        foreach (var crate in json.RootElement.At("packages").Items)
        {
            // What only ran while the program was built is not in it.
            if (crate.Text("kind") == "build") continue;
            found.Add("cargo", crate.Text("name"), crate.Text("version"));
        }
    }

    private static byte[] Inflate(byte[] compressed)
    {
        using var inflate = new ZLibStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var text = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int n; (n = inflate.Read(buffer)) > 0;)
        {
            if (text.Length + n > LongestText) throw new InvalidDataException($"the section '{Section}' is more than {LongestText} bytes of text");
            text.Write(buffer, 0, n);
        }

        return text.ToArray();
    }
}
