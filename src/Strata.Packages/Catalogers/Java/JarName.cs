namespace Strata.Packages.Catalogers.Java;

/// <summary>What a file's name says: <c>spring-core-5.3.4.RELEASE.jar</c>. Either may be empty.</summary>
internal sealed record JarName(string Artifact, string Version)
{
    private static readonly string[] Releases = ["build", "rc", "r"];

    public static JarName Parse(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var dot = name.LastIndexOf('.');
        if (dot > 0) name = name[..dot];
        if (name.Length == 0 || !char.IsAsciiLetter(name[0])) return new JarName(name, "");
        // Bundles of OSGi have an underscore before the version, and some archives a dot.
        return SplitAt(name, IsDash, IsVersion) ?? SplitAt(name, IsUnderscoreOrDot, IsNumbers) ?? new JarName(name, "");
    }

    private static JarName? SplitAt(string name, Func<char, bool> isSeparator, Func<string, bool> isVersion)
    {
        for (var i = 1; i < name.Length - 1; i++)
            if (isSeparator(name[i]) && isVersion(name[(i + 1)..])) return new JarName(name[..i], name[(i + 1)..]);
        return null;
    }

    private static bool IsDash(char c) => c == '-';

    private static bool IsUnderscoreOrDot(char c) => c is '_' or '.';

    /// <summary>What begins with a digit, and <c>r06</c>, <c>rc1</c> and <c>build212-hudson-5</c>.</summary>
    private static bool IsVersion(string text)
    {
        if (char.IsAsciiDigit(text[0])) return true;
        var word = text.Split('-')[0];
        return Array.Exists(Releases, r => word.Length > r.Length && word.StartsWith(r, StringComparison.OrdinalIgnoreCase) && !word.AsSpan(r.Length).ContainsAnyExceptInRange('0', '9'));
    }

    /// <summary>At least two numbers with a dot between.</summary>
    private static bool IsNumbers(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && dot + 1 < text.Length && !text.AsSpan(0, dot).ContainsAnyExceptInRange('0', '9') && char.IsAsciiDigit(text[dot + 1]);
    }
}
