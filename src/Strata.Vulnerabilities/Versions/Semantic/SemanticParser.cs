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
        version = Split(rest, out var hasPrerelease, out var hasBuild);
        return WhyCore(version.Core.Span, grammar, isBare: !hasPrerelease && !hasBuild)
            ?? (hasPrerelease ? WhyIdentifiers(version.Prerelease.Span, "prerelease", grammar.LeadingZeros) : null)
            ?? (hasBuild ? WhyIdentifiers(version.Build.Span, "build", leadingZeros: true) : null);
    }

    /// <summary>What is before the first hyphen, between it and the first plus, and behind that; whatever they are.</summary>
    public static SemanticVersion Split(ReadOnlyMemory<char> text, out bool hasPrerelease, out bool hasBuild)
    {
        var (rest, build) = Cut(text, '+', out hasBuild);
        var (core, prerelease) = Cut(rest, '-', out hasPrerelease);
        return new SemanticVersion(core, prerelease, build);
    }

    private static (ReadOnlyMemory<char> Before, ReadOnlyMemory<char> After) Cut(ReadOnlyMemory<char> text, char sign, out bool isThere)
    {
        var at = text.Span.IndexOf(sign);
        isThere = at >= 0;
        return isThere ? (text[..at], text[(at + 1)..]) : (text, default);
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
