namespace Strata.Build.Checks;

/// <summary>Of <c># check=skip=A,B;error=true;experimental=all</c>: which rules are left out, and whether a warning fails the build.</summary>
internal sealed record CheckOptions(IReadOnlySet<string> Skipped, bool SkipsAll, bool IsError, IReadOnlySet<string> Experimental)
{
    private static readonly string[] OnRequest = [nameof(CheckRule.InvalidDefinitionDescription)];

    /// <exception cref="BuildException">An option is unknown.</exception>
    public static CheckOptions Parse(string? text)
    {
        HashSet<string> skipped = new(StringComparer.OrdinalIgnoreCase), experimental = new(StringComparer.OrdinalIgnoreCase);
        var isError = false;
        foreach (var part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = equals < 0 ? (part, "") : (part[..equals].Trim(), part[(equals + 1)..].Trim());
            if (key == "skip") skipped.UnionWith(value.Split(',', StringSplitOptions.TrimEntries));
            else if (key == "experimental") experimental.UnionWith(value.Split(',', StringSplitOptions.TrimEntries));
            else if (key == "error") isError = bool.TryParse(value, out var truth) ? truth : throw new BuildException($"failed to parse check option \"{part}\": error is true or false");
            else throw new BuildException($"failed to parse check option \"{part}\": unknown option", "the options are skip=RULE,RULE, error=true and experimental=RULE");
        }
        return new CheckOptions(skipped, skipped.Contains("all"), isError, experimental);
    }

    public bool Wants(CheckRule rule)
    {
        var name = rule.ToString();
        if (OnRequest.Contains(name, StringComparer.Ordinal) && !Experimental.Contains("all") && !Experimental.Contains(name)) return false;
        return !SkipsAll && !Skipped.Contains(name);
    }
}
