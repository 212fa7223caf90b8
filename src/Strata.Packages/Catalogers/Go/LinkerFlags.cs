using System.Text;

namespace Strata.Packages.Catalogers.Go;

/// <summary>Finds the version that a build gave its program through the linker: <c>-ldflags "-X main.version=1.2.3"</c>.</summary>
internal static class LinkerFlags
{
    private static readonly string[] VersionNames = ["version", "ver", "gitversion", "buildversion", "tag", "gittag"];
    private static readonly string[] UsualPackages = ["main", "common", "version", "cmd"];

    /// <summary>Null where no variable says the version, or several say different ones: which of them is the program's is not known.</summary>
    public static string? Version(string module, string? flags)
    {
        if (flags is null) return null;
        var found = new HashSet<string>[] { new(StringComparer.Ordinal), new(StringComparer.Ordinal), new(StringComparer.Ordinal) };
        foreach (var (name, value) in Variables(Split(flags)))
        {
            if (!IsVersion(value) || !VersionNames.Contains(name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant())) continue;
            found[Rank(module, name)].Add(value[0] == 'v' ? value : "v" + value);
        }

        return found.FirstOrDefault(f => f.Count > 0) is { Count: 1 } only ? only.First() : null;
    }

    /// <summary>A command of the module is closest to the program; then what projects usually call the package of their version.</summary>
    private static int Rank(string module, string name)
    {
        if (name.StartsWith(module + "/cmd/", StringComparison.Ordinal)) return 0;
        var package = name[(name.LastIndexOf('/') + 1)..];
        var dot = package.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && UsualPackages.Contains(package[..dot].ToLowerInvariant()) ? 1 : 2;
    }

    private static IEnumerable<(string Name, string Value)> Variables(List<string> words)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var word = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][1..] : words[i];
            if (!word.StartsWith("-X", StringComparison.Ordinal)) continue;
            var assignment = word.Length > 2 ? word[2..].TrimStart('=') : i + 1 < words.Count ? words[++i] : "";
            assignment = assignment.Trim('\'', '"');
            var at = assignment.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && at + 1 < assignment.Length) yield return (assignment[..at], assignment[(at + 1)..].Trim('\'', '"'));
        }
    }

    /// <summary>As a shell would: blanks separate, quotes keep together.</summary>
    private static List<string> Split(string flags)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        foreach (var c in flags)
        {
            if (quote != '\0' ? c == quote : c is '\'' or '"')
            {
                quote = quote == '\0' ? c : '\0';
            }
            else if (quote == '\0' && char.IsWhiteSpace(c))
            {
                if (word.Length > 0) words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }

        if (word.Length > 0) words.Add(word.ToString());
        return words;
    }

    /// <summary>One to three numbers and what semver allows behind them, with or without the <c>v</c> of Go.</summary>
    private static bool IsVersion(string text)
    {
        var digits = text.AsSpan().TrimStart('v');
        if (digits.IsEmpty || !char.IsAsciiDigit(digits[0]) || text.Length - digits.Length > 1) return false;
        var end = digits.IndexOfAny('-', '+');
        var core = end < 0 ? digits : digits[..end];
        return core.Count('.') <= 2 && !core.ContainsAnyExcept("0123456789.") && core[^1] != '.' && !digits.ContainsAny(" \t/");
    }
}
