namespace Strata.Vulnerabilities.Versions.Semantic;

/// <summary>Reads a semantic version by an ecosystem's grammar.</summary>
internal static class SemanticParser
{
    private const string IdentifierCharacters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.";

    /// <summary>Why the text is none; null when it is.</summary>
    public static string? Parse(string text, SemanticGrammar grammar, out SemanticVersion version)
    {
        version = default;
        var rest = text.AsMemory();
        if (rest.Length > grammar.MostCharacters) return $"it is longer than {grammar.MostCharacters} characters";
        if (grammar.Trimmed) rest = rest.Trim();
        if (grammar.Prefix && rest.Span.StartsWith("v")) rest = rest[1..];
        var plus = rest.Span.IndexOf('+');
        var build = plus < 0 ? default : rest[(plus + 1)..];
        if (plus >= 0) rest = rest[..plus];
        var hyphen = rest.Span.IndexOf('-');
        var prerelease = hyphen < 0 ? default : rest[(hyphen + 1)..];
        if (hyphen >= 0) rest = rest[..hyphen];
        version = new SemanticVersion(rest, prerelease, build);
        return WhyCore(rest.Span, grammar, isBare: plus < 0 && hyphen < 0)
            ?? (hyphen < 0 ? null : WhyIdentifiers(prerelease.Span, "prerelease", grammar.LeadingZeros))
            ?? (plus < 0 ? null : WhyIdentifiers(build.Span, "build", leadingZeros: true));
    }

    private static string? WhyCore(ReadOnlySpan<char> core, SemanticGrammar grammar, bool isBare)
    {
        var numbers = 0;
        for (var rest = core; !rest.IsEmpty || numbers == 0; numbers++)
        {
            var number = Identifiers.Take(ref rest);
            if (!Digits.Are(number)) return "it is not numbers with dots between them";
            if (!grammar.LeadingZeros && number.Length > 1 && number[0] == '0') return $"the number {number} has a leading zero";
            if (grammar.MostNumber is { } most && (!ulong.TryParse(number, out var value) || value > most)) return $"the number {number} is too great";
        }

        if (core[^1] == '.') return "it ends with a dot";
        if (numbers > 3 && !grammar.Long) return "it has more than three numbers";
        return numbers < 3 && !(grammar.Short && (isBare || grammar.Long)) ? "it has fewer than three numbers" : null;
    }

    private static string? WhyIdentifiers(ReadOnlySpan<char> text, string name, bool leadingZeros)
    {
        if (text.IsEmpty || text[0] == '.' || text[^1] == '.' || text.IndexOf("..") >= 0) return $"its {name} has an empty part";
        if (text.ContainsAnyExcept(IdentifierCharacters)) return $"its {name} has other characters than letters, digits and hyphens";
        while (!leadingZeros && !text.IsEmpty)
        {
            var identifier = Identifiers.Take(ref text);
            if (identifier.Length > 1 && identifier[0] == '0' && Digits.Are(identifier)) return $"the number {identifier} of its {name} has a leading zero";
        }

        return null;
    }
}
