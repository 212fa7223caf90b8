using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>A fix of a secdb as records, one for each vulnerability: those of all releases and packages are joined by their id.</summary>
internal static class Secdb
{
    /// <summary>The version that means: no version of the package ever had it.</summary>
    private const string Never = "0";

    public static IEnumerable<OsvRecord> Records(string ecosystem, string package, string version, IEnumerable<string> names, DateTimeOffset date)
    {
        var distribution = ecosystem.Split(':')[0].ToUpperInvariant();
        // A name may have others after it: "CVE-2019-1 GHSA-...".
        foreach (var words in names.Select(n => n.Split([' ', ',', '?'], StringSplitOptions.RemoveEmptyEntries)).Where(w => w.Length > 0))
        {
            yield return new OsvRecord
            {
                Id = $"{distribution}-{words[0]}",
                Modified = date,
                Text = new OsvText { Upstream = [.. words.Distinct(StringComparer.Ordinal)] },
                Affected = version == Never ? [] : [new OsvAffected(ecosystem, package, new OsvVersions { Ranges = [new OsvRange([new OsvEvent(OsvEventKind.Introduced, "0"), new OsvEvent(OsvEventKind.Fixed, version)])] })],
            };
        }
    }
}
