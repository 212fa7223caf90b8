using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>The OSV ecosystems of a distribution. OSV schema, "Defined ecosystems".</summary>
internal static class Ecosystems
{
    /// <summary>The names under which OSV has the release, the plainest first; none for a distribution or release that it does not know.</summary>
    public static IReadOnlyList<string> Of(Distribution distribution) => distribution switch
    {
        { Id: "debian", VersionId: { } version } => [$"Debian:{Major(version)}"],
        { Id: "ubuntu", VersionId: { } version } => [$"Ubuntu:{version}", $"Ubuntu:{version}:LTS"],
        _ => [],
    };

    private static string Major(string version)
    {
        var dot = version.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? version : version[..dot];
    }
}
