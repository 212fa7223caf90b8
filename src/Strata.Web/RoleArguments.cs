namespace Strata.Web;

/// <summary>The options of a role, <c>--name VALUE</c> or <c>--name=VALUE</c>.</summary>
internal static class RoleArguments
{
    /// <summary>Fills <paramref name="values"/>, whose keys are the options that there are. Returns what is wrong, or null.</summary>
    public static string? Read(ReadOnlySpan<string> args, Dictionary<string, string?> values)
    {
        for (var i = 0; i < args.Length; i++)
        {
            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i] : args[i][..equals];
            if (!values.TryGetValue(name, out var before)) return $"'{name}' is not an option";
            if (before is not null) return $"{name} is given twice";
            var value = equals >= 0 ? args[i][(equals + 1)..] : i + 1 < args.Length ? args[++i] : "";
            if (value.Length == 0) return $"{name} needs a value";
            values[name] = value;
        }
        return null;
    }
}
