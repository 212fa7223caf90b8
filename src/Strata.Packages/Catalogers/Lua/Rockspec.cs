using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Lua;

/// <summary>A rockspec is a Lua program that assigns. Texts, variables, and texts put together from both are understood.</summary>
internal static partial class Rockspec
{
    private const int LongestLine = 1024;

    public static void Read(DocumentText document, PackageList found)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        string? license = null;
        foreach (var line in document.Lines)
        {
            if (line.Length > LongestLine) continue;
            if (Assignment().Match(line) is { Success: true } assignment) Assign(assignment, values);
            else if (License().Match(line) is { Success: true } match) license ??= match.Groups["text"].Value;
        }

        found.Add("luarocks", values.GetValueOrDefault("package"), values.GetValueOrDefault("version"), license is null ? [] : [license]);
    }

    /// <summary>Several variables may be assigned at once.</summary>
    private static void Assign(Match assignment, Dictionary<string, string> values)
    {
        var names = assignment.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries);
        var given = assignment.Groups["values"].Value.TrimEnd(';', ' ').Split(',', StringSplitOptions.TrimEntries);
        for (var i = 0; i < names.Length && i < given.Length; i++)
        {
            if (Evaluate(given[i], values) is { } value) values[names[i]] = value;
        }
    }

    private static string? Evaluate(string expression, Dictionary<string, string> values)
    {
        var text = "";
        foreach (var part in expression.Split("..", StringSplitOptions.TrimEntries))
        {
            if (part is ['"' or '\'', .., '"' or '\'']) text += part[1..^1];
            else if (values.TryGetValue(part, out var value) && text.Length + value.Length <= LongestLine) text += value;
            else return null;
        }

        return text;
    }

    [GeneratedRegex(@"^(local )?(?<names>[A-Za-z_][A-Za-z0-9_]*(, ?[A-Za-z_][A-Za-z0-9_]*)*) *= *(?<values>[^-{\[].*?)( *--.*)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"^\s*license *= *[""'](?<text>[^""']+)[""']", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex License();
}
