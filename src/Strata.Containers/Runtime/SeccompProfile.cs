using System.Runtime.InteropServices;
using System.Text.Json;

namespace Strata.Containers.Runtime;

/// <summary>The calls of the kernel that a container may make: a profile with its conditions, made into the form that the runtime takes.</summary>
internal static class SeccompProfile
{
    /// <summary>The field's default, from Debian's golang-github-containers-common.</summary>
    private static readonly string[] Defaults = ["/etc/containers/seccomp.json", "/usr/share/containers/seccomp.json"];

    /// <param name="path">A profile; empty for the default.</param>
    /// <param name="capabilities">Those in force, with CAP_ in front.</param>
    /// <exception cref="ContainerException">There is no such profile, or it cannot be read.</exception>
    public static RuntimeSeccomp Of(string path, IReadOnlyCollection<string> capabilities)
    {
        var file = path.Length > 0 ? path : Array.Find(Defaults, File.Exists)
            ?? throw new ContainerException("there is no default seccomp profile on this machine", "apt-get install golang-github-containers-common, or name one: --security-opt seccomp=FILE");
        try
        {
            var document = JsonSerializer.Deserialize(File.ReadAllBytes(file), RuntimeJson.Default.SeccompDocument)!;
            return new RuntimeSeccomp(document.DefaultAction, document.DefaultErrnoRet, ArchitecturesOf(document),
                [.. (document.Syscalls ?? []).Where(r => Applies(r, capabilities)).Select(Rule)]);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new ContainerException($"the seccomp profile {file} cannot be read: {e.Message}", "docker's and podman's JSON form is taken; unconfined does without", e);
        }
    }

    private static RuntimeSyscalls Rule(SeccompRule rule) =>
        new(rule.Names ?? [rule.Name!], rule.Action, rule.ErrnoRet, rule.Args is { Count: > 0 } args ? args : null);

    private static IReadOnlyList<string> ArchitecturesOf(SeccompDocument document)
    {
        if (document.Architectures is { Count: > 0 } named) return named;
        var native = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64";
        var entry = document.ArchMap?.FirstOrDefault(a => a.Architecture == native);
        return entry is null ? [native] : [native, .. entry.SubArchitectures ?? []];
    }

    private static bool Applies(SeccompRule rule, IReadOnlyCollection<string> capabilities)
    {
        if (rule.Includes is { } includes)
        {
            if (includes.Caps is { Count: > 0 } caps && !caps.All(capabilities.Contains)) return false;
            if (includes.Arches is { Count: > 0 } arches && !arches.Contains(GoArchitecture, StringComparer.Ordinal)) return false;
            if (includes.MinKernel is { } least && !IsKernel(least)) return false;
        }
        if (rule.Excludes is not { } excludes) return true;
        return excludes.Caps?.Any(capabilities.Contains) != true
            && excludes.Arches?.Contains(GoArchitecture, StringComparer.Ordinal) != true
            && !(excludes.MinKernel is { } from && IsKernel(from));
    }

    private static string GoArchitecture => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64";

    private static bool IsKernel(string least) => Version.TryParse(least, out var wanted) && Environment.OSVersion.Version >= wanted;
}
