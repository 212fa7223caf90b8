namespace Strata.Oci;

/// <summary>The parts of a reference, one rule each. Distribution spec, "Pulling manifests", and docker's reference grammar.</summary>
public static class ReferenceGrammar
{
    /// <summary>The longest repository name, in characters.</summary>
    public const int MaxRepository = 255;

    public static bool IsTag(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 128 || text[0] is '.' or '-') return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-')) return false;
        return true;
    }

    /// <summary>Lowercase path components: letters and digits, separated by one '.', one or two '_', or any number of '-'.</summary>
    public static bool IsRepository(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxRepository) return false;
        foreach (var part in text.Split('/'))
            if (!IsComponent(text[part])) return false;
        return true;
    }

    public static bool IsRegistry(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > 255) return false;
        var host = text;
        if (text[0] == '[')
        {
            var end = text.IndexOf(']');
            if (end < 2 || text[1..end].ContainsAnyExcept("0123456789abcdefABCDEF:")) return false;
            return end == text.Length - 1 || (text[end + 1] == ':' && IsPort(text[(end + 2)..]));
        }
        var colon = text.IndexOf(':');
        if (colon >= 0)
        {
            if (!IsPort(text[(colon + 1)..])) return false;
            host = text[..colon];
        }
        foreach (var part in host.Split('.'))
            if (!IsHostPart(host[part])) return false;
        return true;
    }

    internal static bool IsHex(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");

    private static bool IsPort(ReadOnlySpan<char> text) => text.Length is > 0 and <= 5 && !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsHostPart(ReadOnlySpan<char> part)
    {
        if (part.Length == 0 || part[0] == '-' || part[^1] == '-') return false;
        foreach (var c in part)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-') return false;
        return true;
    }

    private static bool IsComponent(ReadOnlySpan<char> part)
    {
        if (part.Length == 0 || !IsAlphanumeric(part[0]) || !IsAlphanumeric(part[^1])) return false;
        for (var i = 1; i < part.Length - 1;)
        {
            if (IsAlphanumeric(part[i]))
            {
                i++;
                continue;
            }
            var run = 1;
            while (part[i + run] == part[i]) run++;
            if (!(part[i] == '-' || (part[i] == '.' && run == 1) || (part[i] == '_' && run <= 2))) return false;
            i += run;
            if (!IsAlphanumeric(part[i])) return false;
        }
        return true;
    }

    private static bool IsAlphanumeric(char c) => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c);
}
