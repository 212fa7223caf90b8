namespace Strata.Vulnerabilities.Matching;

/// <summary>Finds the name by which people know an advisory: its CVE.</summary>
internal static class AdvisoryName
{
    private const string CvePrefix = "CVE-";
    private const string GitHubPrefix = "GHSA-";

    /// <summary>
    /// The id where it is a CVE or ends in one (<c>DEBIAN-CVE-2009-4411</c>), else the only CVE among the aliases, else the only one
    /// upstream, else the only one of GitHub. A record about several (a bulletin) keeps its own name.
    /// </summary>
    public static string Of(string id, IReadOnlyList<string> aliases, IReadOnlyList<string> upstream) =>
        OfId(id) ?? Only(aliases, CvePrefix) ?? Only(upstream, CvePrefix) ?? Only(aliases, GitHubPrefix) ?? id;

    /// <summary>The best known name has the lowest.</summary>
    public static int Rank(string id) => IsCve(id) ? 0 : id.StartsWith(GitHubPrefix, StringComparison.Ordinal) ? 1 : 2;

    public static bool IsCve(ReadOnlySpan<char> name)
    {
        if (!name.StartsWith(CvePrefix, StringComparison.Ordinal)) return false;
        var rest = name[CvePrefix.Length..];
        return rest.Length >= 9 && rest[4] == '-' && !rest[..4].ContainsAnyExceptInRange('0', '9') && !rest[5..].ContainsAnyExceptInRange('0', '9');
    }

    private static string? OfId(string id)
    {
        var at = id.IndexOf(CvePrefix, StringComparison.Ordinal);
        return at >= 0 && (at == 0 || id[at - 1] == '-') && IsCve(id.AsSpan(at)) ? id[at..] : null;
    }

    private static string? Only(IReadOnlyList<string> names, string prefix)
    {
        var found = names.Where(n => prefix == CvePrefix ? IsCve(n) : n.StartsWith(prefix, StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).Take(2).ToArray();
        return found.Length == 1 ? found[0] : null;
    }
}
