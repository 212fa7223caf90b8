using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Strata.Testing;

namespace Strata.Packages.Tests.Programs;

/// <summary>
/// Programs as rustc makes them. cargo-auditable is not in Debian; what it adds to a program, a section with the crates that cargo resolved, is
/// put there by the compiler here, and cargo itself says which crates those are.
/// </summary>
public sealed class RustTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("debuginfo=0", "strip=none")]
    [InlineData("debuginfo=2", "strip=none")]
    [InlineData("debuginfo=0", "strip=symbols")]
    public void Crates_are_found_in_a_program_of_rustc_however_it_was_built(string debug, string strip)
    {
        RealTool.Require("cargo", "cargo");
        RealTool.Require("rustc", "rustc");
        RealTool.Require("cc", "gcc");
        _folder.File("app/Cargo.toml", "[package]\nname = \"app\"\nversion = \"0.3.1\"\nedition = \"2021\"\n[dependencies]\nleft = { path = \"../left\" }\n");
        _folder.File("left/Cargo.toml", "[package]\nname = \"left\"\nversion = \"2.0.0-rc.1\"\nedition = \"2021\"\n[dependencies]\nright = { path = \"../right\" }\n");
        _folder.File("right/Cargo.toml", "[package]\nname = \"right\"\nversion = \"1.10.0+build.7\"\nedition = \"2021\"\n");
        foreach (var library in (string[])["left", "right"]) _folder.File(library + "/src/lib.rs");
        var main = _folder.File("app/src/main.rs", $$"""
            #[used]
            #[link_section = ".dep-v0"]
            static CRATES: [u8; include_bytes!("{{_folder.Below("crates")}}").len()] = *include_bytes!("{{_folder.Below("crates")}}");
            fn main() { println!("{}", CRATES.len()); }
            """);
        var resolved = JsonDocument.Parse(RealTool.Output("cargo", "metadata", "--offline", "--format-version", "1", "--manifest-path", _folder.Below("app/Cargo.toml")))
            .RootElement.GetProperty("packages").EnumerateArray().Select(p => (Name: p.GetProperty("name").GetString()!, Version: p.GetProperty("version").GetString()!)).ToArray();
        resolved.Length.ShouldBe(3);
        File.WriteAllBytes(_folder.Below("crates"), Zlib(JsonSerializer.Serialize(new { packages = resolved.Select(p => new { name = p.Name, version = p.Version, source = "local" }) })));

        RealTool.Output("rustc", "--edition", "2021", "-C", debug, "-C", strip, "-o", _folder.Below("program"), main);
        Files.Packages("usr/bin/program", File.ReadAllBytes(_folder.Below("program")))
            .ShouldBe(resolved.Select(p => $"cargo {p.Name} {p.Version}").Order(StringComparer.Ordinal));
    }

    private static byte[] Zlib(string text)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true)) zlib.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }
}
