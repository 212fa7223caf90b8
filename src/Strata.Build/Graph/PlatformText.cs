using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>Platforms as builds name them: <c>linux/arm64</c>, or one part of it.</summary>
internal static class PlatformText
{
    /// <exception cref="FormatException">It is no platform.</exception>
    public static Platform Parse(string text) => text switch
    {
        "local" => Platform.Host,
        _ when text.Contains('/', StringComparison.Ordinal) => Platform.Parse(text),
        "linux" or "windows" or "darwin" or "freebsd" => new Platform { Os = text, Architecture = Platform.Host.Architecture },
        "amd64" or "x86_64" or "arm64" or "aarch64" or "arm" or "armhf" or "armel" or "386" or "i386" or "ppc64le" or "s390x" or "riscv64" or "mips64le" or "loong64" => Platform.Parse("linux/" + text),
        _ => throw new FormatException($"'{text}' is not a platform: expected os/arch or os/arch/variant, such as linux/amd64"),
    };
}
