using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace Strata.Oci;

/// <summary>What an image runs on, as <c>linux/arm64/v8</c>. OCI image spec, image-index.md.</summary>
public sealed record Platform
{
    [JsonPropertyName("architecture")]
    public required string Architecture { get; init; }

    [JsonPropertyName("os")]
    public required string Os { get; init; }

    [JsonPropertyName("variant")]
    public string? Variant { get; init; }

    [JsonPropertyName("os.version")]
    public string? OsVersion { get; init; }

    [JsonPropertyName("os.features")]
    public IReadOnlyList<string>? OsFeatures { get; init; }

    /// <summary>The machine this process runs on; images are Linux whatever the host.</summary>
    public static Platform Host { get; } = new()
    {
        Os = "linux",
        Architecture = RuntimeInformation.OSArchitecture switch
        {
            System.Runtime.InteropServices.Architecture.X64 => "amd64",
            System.Runtime.InteropServices.Architecture.X86 => "386",
            System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
            System.Runtime.InteropServices.Architecture.Arm => "arm",
            var other => other.ToString().ToLowerInvariant(),
        },
    };

    /// <summary>Reads <c>os/arch[/variant]</c>, with the everyday names of architectures (x86_64, aarch64) put right.</summary>
    /// <exception cref="FormatException">The text has another shape.</exception>
    public static Platform Parse(string text)
    {
        var parts = text.Split('/');
        if (parts.Length is < 2 or > 3 || parts.Any(string.IsNullOrWhiteSpace))
            throw new FormatException($"'{Shown.Text(text)}' is not a platform: expected os/arch or os/arch/variant, such as linux/amd64");
        var (architecture, variant) = Normalize(parts[1].ToLowerInvariant(), parts.Length == 3 ? parts[2].ToLowerInvariant() : null);
        return new Platform { Os = parts[0].ToLowerInvariant(), Architecture = architecture, Variant = variant };
    }

    /// <summary>True when an image made for <paramref name="offered"/> runs where this platform is wanted.</summary>
    public bool Accepts(Platform offered)
    {
        var (wantedArchitecture, wantedVariant) = Normalize(Architecture, Variant);
        var (architecture, variant) = Normalize(offered.Architecture, offered.Variant);
        return string.Equals(Os, offered.Os, StringComparison.OrdinalIgnoreCase)
            && string.Equals(wantedArchitecture, architecture, StringComparison.Ordinal)
            && (wantedVariant is null || variant is null || string.Equals(wantedVariant, variant, StringComparison.Ordinal));
    }

    public override string ToString() => Variant is null ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static (string Architecture, string? Variant) Normalize(string architecture, string? variant) => (architecture, variant) switch
    {
        ("x86_64" or "x86-64", _) => ("amd64", variant is "v1" ? null : variant),
        ("amd64", "v1") => ("amd64", null),
        ("aarch64" or "arm64", "v8" or "8" or null or "") => ("arm64", null),
        ("aarch64", _) => ("arm64", variant),
        ("i386" or "i686", _) => ("386", null),
        ("armhf", _) => ("arm", "v7"),
        ("armel", _) => ("arm", "v6"),
        ("arm", "7" or null or "") => ("arm", "v7"),
        (_, "") => (architecture, null),
        _ => (architecture, variant),
    };
}
