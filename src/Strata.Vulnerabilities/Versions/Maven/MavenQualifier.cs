namespace Strata.Vulnerabilities.Versions.Maven;

/// <summary>A word, before every list and every number. Of the words some have a rank; all others come after them, by their letters.</summary>
internal sealed class MavenQualifier : MavenItem
{
    private const string Release = "5";
    private readonly string _rank;

    public MavenQualifier(string word, bool isFollowedByDigit) => _rank = Rank(isFollowedByDigit ? Long(word) : word);

    public override bool IsNull => _rank == Release;

    public override int Against(MavenItem? other) => other switch
    {
        null => string.CompareOrdinal(_rank, Release),
        MavenQualifier qualifier => string.CompareOrdinal(_rank, qualifier._rank),
        _ => -1,
    };

    private static string Long(string word) => word switch { "a" => "alpha", "b" => "beta", "m" => "milestone", _ => word };

    private static string Rank(string word) => word switch
    {
        "alpha" => "0",
        "beta" => "1",
        "milestone" => "2",
        "rc" or "cr" => "3",
        "snapshot" => "4",
        "" or "ga" or "final" or "release" => Release,
        "sp" => "6",
        _ => $"7-{word}",
    };
}
