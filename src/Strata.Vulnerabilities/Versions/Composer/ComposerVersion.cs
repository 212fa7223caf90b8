using System.Text.RegularExpressions;

namespace Strata.Vulnerabilities.Versions.Composer;

/// <summary>Makes the normal form of a version, as composer/semver does: four numbers and a stability, or the name of a branch.</summary>
internal static partial class ComposerVersion
{
    public const string BranchPrefix = "dev-";

    private const string Modifier = @"[._-]?((?<stability>stable|beta|b|rc|alpha|a|patch|pl|p)(?<number>([.-]?[0-9]+)*)?)?(?<dev>[.-]?dev)?";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private static readonly string[] Numbers = ["n1", "n2", "n3", "n4"];
    private const int Patience = 1_000;

    /// <summary>A package's version has a few dozen characters.</summary>
    private const int MostCharacters = 256;

    /// <summary>Null when it is none.</summary>
    public static string? Normalize(string text)
    {
        var version = text.Trim(" \n\r\t\v\0".ToCharArray());
        if (version.Length > MostCharacters) return null;
        if (Alias().Match(version) is { Success: true } alias) version = alias.Groups["version"].Value;
        if (Stability().Match(version) is { Success: true } stability) version = version[..stability.Index];
        if (version is "master" or "trunk" or "default") version = BranchPrefix + version;
        if (version.StartsWith(BranchPrefix, StringComparison.OrdinalIgnoreCase)) return BranchPrefix + version[BranchPrefix.Length..];
        if (Build().Match(version) is { Success: true } build) version = build.Groups["version"].Value;
        if (Classical().Match(version) is { Success: true } classical) return WithModifiers(Four(classical, "0"), classical);
        if (Date().Match(version) is { Success: true } date) return WithModifiers(NoDigit().Replace(date.Groups["date"].Value, "."), date);
        return Development().Match(version) is { Success: true } branch ? Branch(branch.Groups["name"].Value) : null;
    }

    private static string Four(Match match, string missing) =>
        string.Join('.', Numbers.Select(n => match.Groups[n] is { Length: > 0 } number ? number.Value : missing));

    private static string WithModifiers(string version, Match match)
    {
        if (match.Groups["stability"] is { Length: > 0 } stability)
        {
            // The word ends the version, whatever comes after it.
            if (stability.Value == "stable") return version;
            version += $"-{Long(stability.Value)}{match.Groups["number"].Value.TrimStart('.', '-')}";
        }

        return match.Groups["dev"].Length > 0 ? version + "-dev" : version;
    }

    private static string Long(string stability) => stability.ToLowerInvariant() switch
    {
        "a" => "alpha",
        "b" => "beta",
        "p" or "pl" => "patch",
        "rc" => "RC",
        var word => word,
    };

    /// <summary>Numbers with an x are a branch of versions, and later than all of them; any other name needs the prefix.</summary>
    private static string? Branch(string name)
    {
        if (Numbered().Match(name.Trim()) is not { Success: true } match) return null;
        return Four(match, "x").Replace('*', 'x').Replace('X', 'x').Replace("x", "9999999", StringComparison.Ordinal) + "-dev";
    }

    [GeneratedRegex(@"^(?<version>[^,\s]+) +as +[^,\s]+$", Options, Patience)]
    private static partial Regex Alias();

    [GeneratedRegex("@(stable|RC|beta|alpha|dev)$", Options, Patience)]
    private static partial Regex Stability();

    [GeneratedRegex(@"^(?<version>[^,\s+]+)\+\S+$", Options, Patience)]
    private static partial Regex Build();

    [GeneratedRegex(@"^v?(?<n1>[0-9]{1,5})(\.(?<n2>[0-9]+))?(\.(?<n3>[0-9]+))?(\.(?<n4>[0-9]+))?" + Modifier + @"\z", Options, Patience)]
    private static partial Regex Classical();

    [GeneratedRegex(@"^v?(?<date>[0-9]{4}([.:-]?[0-9]{2}){1,6}([.:-]?[0-9]{1,3})?)" + Modifier + @"\z", Options, Patience)]
    private static partial Regex Date();

    [GeneratedRegex("[^0-9]", Options, Patience)]
    private static partial Regex NoDigit();

    [GeneratedRegex(@"^(?<name>.*?)[.-]?dev\z", Options, Patience)]
    private static partial Regex Development();

    [GeneratedRegex(@"^v?(?<n1>[0-9]+)(\.(?<n2>[0-9]+|[xX*]))?(\.(?<n3>[0-9]+|[xX*]))?(\.(?<n4>[0-9]+|[xX*]))?\z", Options, Patience)]
    private static partial Regex Numbered();
}
