namespace Strata.Vulnerabilities.Matching;

/// <summary>Debian's releases by their names.</summary>
internal static class DebianReleases
{
    /// <summary>Those for which the security tracker still tells of packages without a release of their own.</summary>
    public static IReadOnlyList<string> Followed { get; } = ["bullseye", "bookworm", "trixie", "forky"];

    /// <summary>Null for a name that is none, such as sid.</summary>
    public static string? Number(string name) => name switch
    {
        "woody" => "3.0",
        "sarge" => "3.1",
        "etch" => "4",
        "lenny" => "5",
        "squeeze" => "6",
        "wheezy" => "7",
        "jessie" => "8",
        "stretch" => "9",
        "buster" => "10",
        "bullseye" => "11",
        "bookworm" => "12",
        "trixie" => "13",
        "forky" => "14",
        "duke" => "15",
        _ => null,
    };
}
