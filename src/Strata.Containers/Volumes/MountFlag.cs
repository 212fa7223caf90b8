namespace Strata.Containers.Volumes;

/// <summary>Reads <c>--mount type=...,source=...,target=...</c>. Its errors are docker's.</summary>
public static class MountFlag
{
    /// <exception cref="ContainerException">It cannot be read.</exception>
    public static MountSpec Parse(string text, string currentFolder)
    {
        var type = "volume";
        var used = new HashSet<string>(StringComparer.Ordinal);
        var mount = new MountSpec { Kind = MountKind.Volume, Target = "" };
        foreach (var field in text.Split(','))
        {
            var at = field.IndexOf('=', StringComparison.Ordinal);
            var key = (at < 0 ? field : field[..at]).Trim().ToLowerInvariant();
            var value = at < 0 ? null : field[(at + 1)..];
            if (key == "type") type = (value ?? "").ToLowerInvariant();
            else mount = With(mount, key, value, field);
            var dash = key.IndexOf('-', StringComparison.Ordinal);
            if (dash > 0) used.Add(key[..dash]);
        }
        var kind = type switch { "bind" => MountKind.Bind, "volume" => MountKind.Volume, "tmpfs" => MountKind.Tmpfs, _ => throw new ContainerException($"invalid mount config for type \"{type}\": mount type unknown", "bind, volume and tmpfs are known") };
        if (mount.Target.Length == 0) throw new ContainerException("target is required");
        foreach (var other in new[] { "volume", "bind", "tmpfs" })
            if (other != type && used.Contains(other)) throw new ContainerException($"cannot mix '{other}-*' options with mount type '{type}'");
        if (!mount.Target.StartsWith('/')) throw new ContainerException($"invalid mount config for type \"{type}\": invalid mount path: '{mount.Target}' mount path must be absolute");
        if (mount.Target.Trim('/').Length == 0) throw new ContainerException($"invalid mount config for type \"{type}\": invalid specification: destination can't be '/'");
        mount = mount with { Kind = kind, Anonymous = kind == MountKind.Volume && mount.Source.Length == 0 };
        return kind switch
        {
            MountKind.Bind when mount.Source.Length == 0 => throw new ContainerException("invalid mount config for type \"bind\": field Source must not be empty"),
            MountKind.Bind when mount.Source[0] is not ('/' or '.') => throw new ContainerException($"invalid mount config for type \"bind\": invalid mount path: '{mount.Source}' mount path must be absolute"),
            MountKind.Bind => mount with { Source = Path.GetFullPath(mount.Source, currentFolder) },
            MountKind.Tmpfs when mount.Source.Length > 0 => throw new ContainerException("invalid mount config for type \"tmpfs\": field Source must not be specified"),
            _ => mount,
        };
    }

    private static MountSpec With(MountSpec mount, string key, string? value, string field)
    {
        if (key is "readonly" or "ro") return mount with { ReadOnly = Flag(key, value) };
        if (key == "volume-nocopy") return mount with { NoCopy = Flag(key, value) };
        if (key == "bind-nonrecursive") return mount with { NonRecursive = Flag(key, value) };
        if (value is null) throw new ContainerException($"invalid field '{field}' must be a key=value pair");
        return key switch
        {
            "source" or "src" => mount with { Source = value },
            "target" or "dst" or "destination" => mount with { Target = value },
            "bind-propagation" => mount with { Propagation = value.ToLowerInvariant() },
            "bind-recursive" => mount with { NonRecursive = value == "disabled" },
            "consistency" => mount,
            "volume-subpath" => mount with { Subpath = value },
            "volume-driver" => value == "local" ? mount : throw new ContainerException($"error looking up volume plugin {value}: plugin \"{value}\" not found", "the driver here is local"),
            "volume-label" => mount,
            "volume-opt" => mount with { VolumeOptions = new Dictionary<string, string>(mount.VolumeOptions, StringComparer.Ordinal) { [value.Split('=', 2)[0]] = value.Split('=', 2) is [_, var v] ? v : "" } },
            "tmpfs-size" => mount with { TmpfsSize = MountFlags.Bytes(value) ?? throw new ContainerException($"invalid value for {key}: {value}") },
            "tmpfs-mode" => mount with { TmpfsMode = Octal(key, value) },
            _ => throw new ContainerException($"unexpected key '{key}' in '{field}'"),
        };
    }

    private static bool Flag(string key, string? value) => value switch
    {
        null or "true" or "1" => true,
        "false" or "0" => false,
        _ => throw new ContainerException($"invalid value for {key}: {value}"),
    };

    private static int Octal(string key, string value)
    {
        var mode = 0;
        foreach (var c in value) mode = c is >= '0' and <= '7' && mode < 0x1000 ? mode * 8 + c - '0' : throw new ContainerException($"invalid value for {key}: {value}");
        return value.Length > 0 ? mode : throw new ContainerException($"invalid value for {key}: {value}");
    }
}
