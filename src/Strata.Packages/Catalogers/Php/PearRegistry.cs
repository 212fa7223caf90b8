using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Php;

/// <summary>
/// A package of PEAR or PECL: an array in PHP's serialized form, of which the name, the channel and the release are wanted.
/// </summary>
internal static partial class PearRegistry
{
    public static void Read(DocumentText document, PackageList found)
    {
        var text = document.Text;
        var name = Name().Match(text);
        var release = Release().Match(text);
        if (!name.Success || !release.Success) return;
        var channel = Channel().Match(text) is { Success: true } c ? c.Groups["value"].Value : "pear.php.net";
        found.Add("pear", $"{channel}/{name.Groups["value"].Value}", release.Groups["value"].Value);
    }

    [GeneratedRegex(@"s:4:""name"";s:[0-9]+:""(?<value>[A-Za-z0-9_.-]+)"";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Name();

    [GeneratedRegex(@"s:7:""channel"";s:[0-9]+:""(?<value>[A-Za-z0-9_./-]+)"";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Channel();

    [GeneratedRegex(@"s:7:""version"";a:[0-9]+:\{s:7:""release"";s:[0-9]+:""(?<value>[A-Za-z0-9_.+-]+)"";", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Release();
}
