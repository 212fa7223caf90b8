using System.Globalization;

namespace Strata.Containers.Volumes;

/// <summary>Reads <c>-v</c> and <c>--tmpfs</c>. Their errors are docker's.</summary>
public static class MountFlags
{
    private static readonly string[] Propagations = ["shared", "rshared", "slave", "rslave", "private", "rprivate"];

    /// <summary><c>[SOURCE:]TARGET[:OPTION,...]</c>: a source with a slash is a path, one without a volume.</summary>
    /// <param name="currentFolder">Where a path that begins with a dot is looked for.</param>
    /// <exception cref="ContainerException">It cannot be read.</exception>
    public static MountSpec ParseVolume(string text, string currentFolder)
    {
        if (text.Length == 0) throw new ContainerException("invalid empty volume spec");
        var parts = text.Split(':');
        if (parts.Length > 3) throw new ContainerException($"invalid spec: {text}: too many colons");
        if (parts.Any(p => p.Length == 0)) throw new ContainerException($"invalid spec: {text}: empty section between colons");
        var (source, target) = parts.Length == 1 ? ("", parts[0]) : (parts[0], parts[1]);
        var isPath = source.Length > 0 && (source[0] is '/' or '.' or '~' || source.Contains('/', StringComparison.Ordinal));
        CheckTarget(text, target, isPath ? "bind" : "volume");
        var mount = new MountSpec
        {
            Kind = isPath ? MountKind.Bind : MountKind.Volume,
            Source = isPath ? Path.GetFullPath(source, currentFolder) : source,
            Target = target,
            Anonymous = source.Length == 0,
            CreateSource = isPath,
        };
        return parts.Length < 3 ? mount : parts[2].Split(',').Aggregate(mount, (m, o) => With(m, o, parts[2]));
    }

    /// <summary><c>TARGET[:OPTION,...]</c>, the options being those of mount(8).</summary>
    /// <exception cref="ContainerException">It cannot be read.</exception>
    public static MountSpec ParseTmpfs(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var target = colon < 0 ? text : text[..colon];
        CheckTarget(text, target, "tmpfs");
        return new MountSpec { Kind = MountKind.Tmpfs, Target = target, Options = colon < 0 ? [] : text[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries) };
    }

    internal static void CheckTarget(string text, string target, string type)
    {
        if (!target.StartsWith('/')) throw new ContainerException($"invalid volume specification: '{text}': invalid mount config for type \"{type}\": invalid mount path: '{target}' mount path must be absolute");
        if (target.Trim('/').Length == 0) throw new ContainerException($"invalid volume specification: '{text}': invalid mount config for type \"{type}\": invalid specification: destination can't be '/'");
    }

    /// <summary>Bytes, with the units of docker: b, k, m, g.</summary>
    internal static long? Bytes(string text)
    {
        var digits = text.TrimEnd('b', 'B');
        var factor = digits.Length == 0 ? 0 : char.ToLowerInvariant(digits[^1]) switch { 'k' => 1L << 10, 'm' => 1L << 20, 'g' => 1L << 30, 't' => 1L << 40, _ => 1L };
        if (factor > 1) digits = digits[..^1];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n * factor : null;
    }

    private static MountSpec With(MountSpec mount, string option, string all) => option switch
    {
        "ro" => mount with { ReadOnly = true },
        "rw" => mount with { ReadOnly = false },
        "nocopy" when mount.Kind == MountKind.Volume => mount with { NoCopy = true },
        // Labels of SELinux and hints for other systems: nothing to do for them here.
        "z" or "Z" or "consistent" or "cached" or "delegated" or "copy" => mount,
        _ when mount.Kind == MountKind.Bind && Propagations.Contains(option, StringComparer.Ordinal) => mount with { Propagation = option },
        _ => throw new ContainerException($"invalid mode: {all}"),
    };
}
