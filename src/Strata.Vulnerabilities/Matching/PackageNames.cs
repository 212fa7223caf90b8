namespace Strata.Vulnerabilities.Matching;

/// <summary>One spelling for the names of an ecosystem that takes several for the same package.</summary>
internal static class PackageNames
{
    private const string SourcePrefix = "src:";

    /// <summary>A source package where records name those and installed ones, which may have the same name.</summary>
    public static string OfSource(string name) => SourcePrefix + name;

    /// <summary>As people call it.</summary>
    public static string Shown(string name) => name.StartsWith(SourcePrefix, StringComparison.Ordinal) ? name[SourcePrefix.Length..] : name;

    public static string Normal(string ecosystem, string name) => ecosystem switch
    {
        "PyPI" => Python(name),
        // Of npm and Go, case counts; but package URLs are lowercase, and no two packages that are told of differ by it only.
        "npm" or "Go" or "NuGet" or "Packagist" or "Hex" or "Pub" or "SwiftURL" or "GitHub Actions" => name.ToLowerInvariant(),
        _ => name,
    };

    /// <summary>PEP 503: lowercase, and one hyphen for any run of hyphens, underscores and dots.</summary>
    private static string Python(string name) => string.Create(Length(name), name, static (text, from) =>
    {
        var at = 0;
        for (var i = 0; i < from.Length; i++)
        {
            if (!IsSeparator(from[i])) text[at++] = char.ToLowerInvariant(from[i]);
            else if (i == 0 || !IsSeparator(from[i - 1])) text[at++] = '-';
        }
    });

    private static int Length(string name)
    {
        var length = name.Length;
        for (var i = 1; i < name.Length; i++)
        {
            if (IsSeparator(name[i]) && IsSeparator(name[i - 1])) length--;
        }

        return length;
    }

    private static bool IsSeparator(char c) => c is '-' or '_' or '.';
}
