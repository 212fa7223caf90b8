using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Hex;

/// <summary>
/// Both files are terms of their language. A package has its real name inside the tuple (an application may call it otherwise); one that comes from
/// git has a commit in place of a version.
/// </summary>
internal static partial class HexLock
{
    public static void ReadMix(DocumentText document, PackageList found) => Add(document, found, MixPackage(), MixGit());

    public static void ReadRebar(DocumentText document, PackageList found) => Add(document, found, RebarPackage(), RebarGit());

    private static void Add(DocumentText document, PackageList found, params Regex[] forms)
    {
        var text = document.Text;
        foreach (var form in forms)
        {
            foreach (Match match in form.Matches(text)) found.Add("hex", match.Groups["name"].Value, match.Groups["version"].Value);
        }
    }

    [GeneratedRegex(@"\{:hex, ?:""?(?<name>[A-Za-z0-9_]+)""?, ?""(?<version>[A-Za-z0-9.+-]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MixPackage();

    [GeneratedRegex(@"""(?<name>[A-Za-z0-9_]+)"": ?\{:git, ?""[^""\n]*"", ?""(?<version>[0-9a-f]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MixGit();

    [GeneratedRegex(@"\{pkg,\s?<<""(?<name>[A-Za-z0-9_]+)"">>,\s?<<""(?<version>[A-Za-z0-9.+-]+)"">>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RebarPackage();

    [GeneratedRegex(@"\{<<""(?<name>[A-Za-z0-9_]+)"">>,\s{0,8}\{git,\s{0,20}""[^""\n]*"",\s{0,20}\{ref,\s?""(?<version>[0-9a-f]+)""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RebarGit();
}
