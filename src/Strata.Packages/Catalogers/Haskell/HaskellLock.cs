using System.Text.RegularExpressions;
using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Catalogers.Haskell;

/// <summary>Stack writes <c>NAME-VERSION@sha256:...</c>, Cabal <c>any.NAME ==VERSION</c>.</summary>
internal static partial class HaskellLock
{
    public static void ReadStackLock(DocumentText document, PackageList found)
    {
        foreach (var package in YamlReader.Read(document.Text).At("packages").Items)
        {
            var completed = package.At("completed");
            if (completed.At("hackage").Text is { } id) Add(id, found);
            else found.Add("hackage", completed.At("name").Text, completed.At("version").Text);
        }
    }

    public static void ReadStack(DocumentText document, PackageList found)
    {
        foreach (var package in YamlReader.Read(document.Text).At("extra-deps").Items) Add(package.Text ?? "", found);
    }

    public static void ReadCabal(DocumentText document, PackageList found)
    {
        foreach (Match match in Constraint().Matches(document.Text)) found.Add("hackage", match.Groups["name"].Value, match.Groups["version"].Value);
    }

    private static void Add(string id, PackageList found)
    {
        if (Identifier().Match(id) is { Success: true } match) found.Add("hackage", match.Groups["name"].Value, match.Groups["version"].Value);
    }

    [GeneratedRegex(@"^(?<name>[A-Za-z0-9]+(-[A-Za-z0-9]+){0,32})-(?<version>[0-9]+(\.[0-9]+){0,32})(@|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\bany\.(?<name>[A-Za-z0-9-]+) ?== ?(?<version>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Constraint();
}
