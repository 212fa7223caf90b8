using Strata.Build.Dockerfiles;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>The variables that FROM knows: of the platforms, and the ARGs before the first FROM.</summary>
internal static class GlobalArguments
{
    /// <exception cref="DockerfileException">A default cannot be expanded.</exception>
    public static Dictionary<string, string> Of(
        ParsedDockerfile dockerfile, WordExpander expander, Platform target, string targetStage, IReadOnlyDictionary<string, string> given)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        AddPlatform(all, "BUILD", Platform.Host);
        AddPlatform(all, "TARGET", target);
        all["TARGETSTAGE"] = targetStage;
        foreach (var key in all.Keys.ToArray())
            if (given.TryGetValue(key, out var value)) all[key] = value;
        foreach (var instruction in dockerfile.GlobalArguments)
        {
            foreach (var (key, written) in instruction.Arguments)
            {
                var value = given.TryGetValue(key, out var passed) ? passed : written is null ? null : instruction.Line.Expand(expander, written, all).Text;
                if (value is not null) all[key] = value;
            }
        }
        return all;
    }

    private static void AddPlatform(Dictionary<string, string> all, string prefix, Platform platform)
    {
        all[prefix + "PLATFORM"] = platform.ToString();
        all[prefix + "OS"] = platform.Os;
        all[prefix + "OSVERSION"] = platform.OsVersion ?? "";
        all[prefix + "ARCH"] = platform.Architecture;
        all[prefix + "VARIANT"] = platform.Variant ?? "";
    }
}
