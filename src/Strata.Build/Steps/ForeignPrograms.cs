using Strata.Oci;

namespace Strata.Build.Steps;

/// <summary>Whether the kernel hands programs of another architecture to an emulator (binfmt_misc).</summary>
internal static class ForeignPrograms
{
    public static bool CanRun(Platform platform)
    {
        var name = platform.Architecture switch
        {
            "amd64" => "x86_64",
            "arm64" => "aarch64",
            "386" => "i386",
            var other => other,
        };
        var path = $"/proc/sys/fs/binfmt_misc/qemu-{name}";
        return platform.Os == "linux" && File.Exists(path) && File.ReadLines(path).First() == "enabled";
    }
}
