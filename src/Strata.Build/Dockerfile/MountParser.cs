using System.Globalization;

namespace Strata.Build.Dockerfiles;

/// <summary>Reads <c>--mount=type=cache,target=/root/.cache</c>.</summary>
internal static class MountParser
{
    private static readonly string[] Keys =
    [
        "type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode", "uid", "gid", "src", "dst", "destination",
        "ro", "rw", "readwrite", "env",
    ];

    /// <summary>Says what is wrong whatever the variables are.</summary>
    public static void Check(InstructionLine line, string text)
    {
        foreach (var (key, value) in Fields(line, text))
        {
            if (key == "from" && value is not null && value.IndexOf('$', StringComparison.Ordinal) is >= 0 and var at && at + 1 < value.Length)
                throw line.SyntaxFault("'from' doesn't support variable expansion, define alias stage instead", value);
        }
        if (!text.Contains('$', StringComparison.Ordinal)) Parse(line, text, w => w);
    }

    /// <summary>The stage, image or context that a mount is from, which may hold no variables; null for the build's own.</summary>
    public static string? From(InstructionLine line, string text) => Fields(line, text).LastOrDefault(f => f.Key == "from").Value;

    /// <exception cref="DockerfileException">It is no mount.</exception>
    public static RunMount Parse(InstructionLine line, string text, Func<string, string> expand)
    {
        var mount = new RunMount();
        bool? readOnly = null;
        foreach (var (key, written) in Fields(line, text))
        {
            var value = written is null ? null : expand(written);
            if (value is null && key is not ("readonly" or "ro" or "readwrite" or "rw" or "required"))
                throw line.SyntaxFault($"invalid field '{key}' must be a key=value pair", key);
            mount = key switch
            {
                "type" => mount with { Type = Choice<RunMountType>(line, value!, "unsupported mount type") },
                "from" => mount with { From = value },
                "source" or "src" => mount with { Source = value! },
                "target" or "dst" or "destination" => mount with { Target = value! },
                "readonly" or "ro" => mount with { IsReadOnly = (readOnly = Truth(line, key, value)).Value },
                "readwrite" or "rw" => mount with { IsReadOnly = !(readOnly = Truth(line, key, value)).Value },
                "required" when mount.Type is RunMountType.Secret or RunMountType.Ssh => mount with { IsRequired = Truth(line, key, value) },
                "env" when mount.Type is RunMountType.Secret => mount with { Variable = value! },
                "size" when mount.Type is RunMountType.Tmpfs => mount with { Size = Bytes(line, key, value!) },
                "required" or "size" or "env" => throw line.SyntaxFault($"unexpected key '{key}' for mount type '{mount.Type.ToString().ToLowerInvariant()}'", key),
                "id" => mount with { Id = value! },
                "sharing" => mount with { Sharing = Choice<CacheSharing>(line, value!, "unsupported sharing value") },
                "mode" => mount with { Mode = Number(line, key, value!, 8) },
                "uid" => mount with { Uid = Number(line, key, value!, 10) },
                "gid" => mount with { Gid = Number(line, key, value!, 10) },
                _ => throw line.SyntaxFault($"unexpected key '{key}' in '{key}={value}'{Suggestion.For(key, Keys)}", key),
            };
        }
        return Checked(line, readOnly is null ? mount with { IsReadOnly = mount.Type is not (RunMountType.Cache or RunMountType.Tmpfs) } : mount, text);
    }

    private static RunMount Checked(InstructionLine line, RunMount mount, string text)
    {
        var type = mount.Type.ToString().ToLowerInvariant();
        if (mount.Type is RunMountType.Bind or RunMountType.Tmpfs)
        {
            if (mount.Mode is not null) throw line.SyntaxFault($"mode not allowed for \"{type}\" type mounts", "mode");
            if (mount.Uid is not null) throw line.SyntaxFault($"uid not allowed for \"{type}\" type mounts", "uid");
            if (mount.Gid is not null) throw line.SyntaxFault($"gid not allowed for \"{type}\" type mounts", "gid");
        }
        if (mount.Type != RunMountType.Cache && text.Contains("sharing=", StringComparison.Ordinal))
            throw line.SyntaxFault(mount.Type == RunMountType.Secret ? "secret mount should not define sharing" : $"invalid cache sharing set for {type} mount", "sharing");
        if (mount.Type != RunMountType.Secret) return mount;
        if (mount.From is not null) throw line.SyntaxFault("secret mount should not have a from", "from");
        if (mount.Source.Length == 0 && mount.Target.Length == 0 && mount.Id.Length == 0)
            throw line.SyntaxFault("invalid secret mount. one of source, target required", text);
        if (mount.Source.Length > 0 && mount.Id.Length > 0) throw line.SyntaxFault("both source and id can't be set", text);
        return mount;
    }

    private static IEnumerable<(string Key, string? Value)> Fields(InstructionLine line, string text)
    {
        foreach (var field in CommaFields.Cut(text) ?? throw line.SyntaxFault("failed to parse csv mounts", text))
        {
            var equals = field.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (field.ToLowerInvariant(), null) : (field[..equals].ToLowerInvariant(), field[(equals + 1)..]);
        }
    }

    private static T Choice<T>(InstructionLine line, string value, string fault) where T : struct, Enum =>
        Enum.GetValues<T>().Where(v => v.ToString().Equals(value, StringComparison.OrdinalIgnoreCase)).Select(v => (T?)v).FirstOrDefault()
            ?? throw line.SyntaxFault($"{fault} {GoText.Quote(value)}{Suggestion.For(value, Enum.GetNames<T>().Select(n => n.ToLowerInvariant()))}", value);

    private static bool Truth(InstructionLine line, string key, string? value) => value switch
    {
        null or "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => throw line.SyntaxFault($"invalid value for {key}: {value}", value),
    };

    private static int Number(InstructionLine line, string key, string value, int radix)
    {
        var isNumber = value.Length is > 0 and <= 10 && !value.AsSpan().ContainsAnyExcept(radix == 8 ? "01234567" : "0123456789");
        var number = isNumber ? Convert.ToInt64(value, radix == 8 ? 8 : 10) : -1;
        return number is >= 0 and <= int.MaxValue ? (int)number : throw line.SyntaxFault($"invalid value {value} for {key}", value);
    }

    private static long Bytes(InstructionLine line, string key, string value)
    {
        var digits = value.AsSpan().IndexOfAnyExcept("0123456789.");
        var unit = (digits < 0 ? "" : value[digits..]).Trim().ToLowerInvariant().TrimEnd('b').TrimEnd('i');
        var power = unit.Length == 0 ? 0 : unit.Length == 1 ? "kmgtp".IndexOf(unit[0], StringComparison.Ordinal) + 1 : 0;
        if ((unit.Length > 0 && power == 0) || !decimal.TryParse(digits < 0 ? value : value[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            throw line.SyntaxFault($"invalid value for {key}: {value}", value);
        var bytes = number * (1L << (10 * power));
        return bytes <= long.MaxValue ? (long)bytes : throw line.SyntaxFault($"invalid value for {key}: {value}", value);
    }
}
