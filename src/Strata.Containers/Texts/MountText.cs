using System.Globalization;

namespace Strata.Containers;

/// <summary>Mounts as docker's options write them.</summary>
public static class MountText
{
    private static readonly string[] Propagations = ["rprivate", "private", "rshared", "shared", "rslave", "slave"];

    /// <summary><c>[SOURCE:]TARGET[:OPTIONS]</c>: a source that begins with a slash is a path of the host, any other a volume.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MountSpec ParseVolume(string text)
    {
        var parts = text.Split(':');
        var mount = parts switch
        {
            [var target] => new MountSpec { Kind = MountKind.Volume, Target = target, Anonymous = true },
            { Length: 2 or 3 } => Of(parts[0], parts[1]),
            _ => throw Wrong(text, "too many parts"),
        };
        if (mount.Target.Length == 0 || parts[0].Length == 0) throw Wrong(text, "empty section between colons");
        if (!mount.Target.StartsWith('/')) throw Wrong(text, "the target must be an absolute path");
        foreach (var option in parts.Length == 3 ? parts[2].Split(',') : [])
        {
            mount = option switch
            {
                "ro" => mount with { ReadOnly = true },
                "rw" or "z" or "Z" or "cached" or "delegated" or "consistent" => mount,
                "nocopy" => mount with { NoCopy = true },
                _ when Propagations.Contains(option, StringComparer.Ordinal) => mount with { Propagation = option },
                _ => throw Wrong(text, $"invalid mode: {option}"),
            };
        }
        return mount;
    }

    /// <summary><c>type=bind,source=/a,target=/b,readonly</c>.</summary>
    /// <inheritdoc cref="ParseVolume" path="/exception"/>
    public static MountSpec ParseMount(string text)
    {
        var mount = new MountSpec { Kind = MountKind.Volume, Target = "" };
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in text.Split(','))
        {
            var (key, value) = field.Split('=', 2) is [var k, var v] ? (k, v) : (field, "");
            bool IsTrue() => value is "" or "true" or "1";
            mount = key switch
            {
                "type" => mount with { Kind = value switch { "bind" => MountKind.Bind, "volume" => MountKind.Volume, "tmpfs" => MountKind.Tmpfs, _ => throw Wrong(text, $"mount type '{value}' unknown") } },
                "source" or "src" => mount with { Source = value },
                "target" or "dst" or "destination" => mount with { Target = value },
                "readonly" or "ro" => mount with { ReadOnly = IsTrue() },
                "bind-propagation" => mount with { Propagation = Propagations.Contains(value, StringComparer.Ordinal) ? value : throw Wrong(text, $"unknown propagation {value}") },
                "bind-nonrecursive" => mount with { NonRecursive = IsTrue() },
                "volume-nocopy" => mount with { NoCopy = IsTrue() },
                "volume-subpath" => mount with { Subpath = value },
                "volume-opt" when value.Split('=', 2) is [var name, var setting] => Add(mount, options, name, setting),
                "volume-driver" when value is "" or "local" => mount,
                "tmpfs-size" => mount with { TmpfsSize = Bytes(value, text) },
                "tmpfs-mode" => mount with { TmpfsMode = Octal(value, text) },
                "consistency" => mount,
                _ => throw Wrong(text, $"unexpected key '{key}' in '{field}'"),
            };
        }
        if (mount.Target.Length == 0) throw Wrong(text, "target is required");
        if (!mount.Target.StartsWith('/')) throw Wrong(text, "the target must be an absolute path");
        if (mount.Kind == MountKind.Bind && !mount.Source.StartsWith('/')) throw Wrong(text, "the source of a bind must be an absolute path");
        return mount with { Anonymous = mount is { Kind: MountKind.Volume, Source: "" } };
    }

    /// <summary><c>TARGET[:size=64m,mode=755,exec]</c>.</summary>
    /// <inheritdoc cref="ParseVolume" path="/exception"/>
    public static MountSpec ParseTmpfs(string text)
    {
        var (target, options) = text.Split(':', 2) is [var t, var o] ? (t, o) : (text, "");
        if (!target.StartsWith('/')) throw Wrong(text, "the target must be an absolute path");
        return new MountSpec { Kind = MountKind.Tmpfs, Target = target, Options = options.Split(',', StringSplitOptions.RemoveEmptyEntries) };
    }

    private static MountSpec Of(string source, string target) => source.StartsWith('/') || source.StartsWith('.') || source.StartsWith('~')
        ? new MountSpec { Kind = MountKind.Bind, Source = Path.GetFullPath(source), Target = target }
        : new MountSpec { Kind = MountKind.Volume, Source = source, Target = target };

    private static MountSpec Add(MountSpec mount, Dictionary<string, string> options, string name, string value)
    {
        options[name] = value;
        return mount with { VolumeOptions = options };
    }

    private static long Bytes(string text, string all)
    {
        var unit = text.Length == 0 ? '0' : char.ToLowerInvariant(text.TrimEnd('b', 'B')[^1]);
        var (digits, factor) = unit switch { 'k' => (text.TrimEnd('b', 'B')[..^1], 1L << 10), 'm' => (text.TrimEnd('b', 'B')[..^1], 1L << 20), 'g' => (text.TrimEnd('b', 'B')[..^1], 1L << 30), _ => (text.TrimEnd('b', 'B'), 1L) };
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value * factor : throw Wrong(all, $"'{text}' is no size");
    }

    private static int Octal(string text, string all)
    {
        if (text.Length is 0 or > 5 || text.AsSpan().ContainsAnyExcept("01234567")) throw Wrong(all, $"'{text}' is no mode");
        return Convert.ToInt32(text, 8);
    }

    private static FormatException Wrong(string text, string why) => new($"invalid mount specification: '{text}': {why}");
}
