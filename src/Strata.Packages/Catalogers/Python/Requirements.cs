using System.Text.RegularExpressions;

namespace Strata.Packages.Catalogers.Python;

/// <summary>pip's requirements files. Only what is pinned to one version tells what is installed; of the rest, nothing is known.</summary>
internal static partial class Requirements
{
    /// <summary>Characters; hashes are on lines of their own, or behind what is of interest.</summary>
    private const int LongestLine = 4096;

    public static void Read(DocumentText document, PackageList found)
    {
        foreach (var line in document.Lines)
        {
            if (line.Length <= LongestLine && Pin().Match(line) is { Success: true } pin) found.Add("pypi", pin.Groups["name"].Value, pin.Groups["version"].Value);
        }
    }

    /// <summary>A name, extras in brackets, <c>==</c> and a version; then nothing, or a marker, an option, a comment, the next line.</summary>
    [GeneratedRegex(
        @"^\s*(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*\(?===?\s*(?<version>[A-Za-z0-9!+_.-]+)\)?\s*(?:$|[;#\\]|--)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Pin();
}
