using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Ruby;

/// <summary>
/// A gem specification is a Ruby program; those that RubyGems writes on installing have literals only, and a comment that says the same:
/// <c># stub: NAME VERSION PLATFORM PATHS</c>.
/// </summary>
internal static partial class GemSpecification
{
    private const string Stub = "# stub: ";

    public static void Read(DocumentText document, PackageList found)
    {
        string? name = null, version = null, platform = null;
        string[] stub = [];
        IReadOnlyList<string> licenses = [];
        foreach (var line in document.Lines)
        {
            if (stub.Length == 0 && line.StartsWith(Stub, StringComparison.Ordinal)) stub = line[Stub.Length..].Split(' ');
            if (Field().Match(line) is not { Success: true } field) continue;
            var values = Literal().Matches(field.Groups["value"].Value).Select(m => m.Groups["text"].Value).ToArray();
            if (values.Length == 0) continue;
            switch (field.Groups["field"].Value)
            {
                case "name": name ??= values[0]; break;
                case "version": version ??= values[0]; break;
                case "platform": platform ??= values[0]; break;
                default: licenses = values; break;
            }
        }

        if (stub.Length >= 3) (name, version, platform) = (stub[0], stub[1], stub[2]);
        found.Add("gem", name, version, licenses, GemPlatform.Qualifiers(platform));
    }

    /// <summary>An assignment to a member of the specification, whatever the variable is called.</summary>
    [GeneratedRegex(@"^\s*[a-z_]+\.(?<field>name|version|platform|licenses?)\s*=(?<value>.*)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Field();

    [GeneratedRegex(@"""(?<text>[^""#]*)""|'(?<text>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Literal();
}
