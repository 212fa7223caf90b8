using Strata.Packages;
using Strata.Packages.Distributions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Finds what is to be looked up for a list of packages, and for which of them the database has nothing to look into.</summary>
internal sealed class Subjects
{
    private readonly Dictionary<string, int> _missing = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ecosystems = new(StringComparer.Ordinal);

    public Subjects(IReadOnlyList<Package> packages, Distribution? distribution, IReadOnlyCollection<string> known)
    {
        var wanted = distribution is null ? [] : Ecosystems.Of(distribution);
        string[] ofDistribution = [.. wanted.SelectMany(w => w.Contains('*', StringComparison.Ordinal) ? known.Where(k => Ecosystems.Fits(w, k)) : known.Contains(w) ? [w] : [])];
        var named = new List<(string Ecosystem, string Name, string Version, Package Package)>();
        foreach (var package in packages)
        {
            var before = named.Count;
            if (Ecosystems.OfType(package.Type) is { } ecosystem)
            {
                if (known.Contains(ecosystem)) named.Add((ecosystem, package.Name, package.Version, package));
            }
            else if (Ecosystems.IsOfDistribution(package.Type))
            {
                named.AddRange(ofDistribution.SelectMany(e => Names(e, package).Select(n => (e, n.Name, n.Version, package))));
            }

            if (named.Count > before) Checked++;
            else Miss(package, wanted.Count > 0 ? wanted[0] : null);
        }

        _ecosystems.UnionWith(named.Select(n => n.Ecosystem));
        All = [.. named.GroupBy(n => (n.Ecosystem, n.Name, n.Version)).Select(g => new Subject(g.Key.Ecosystem, g.Key.Name, g.Key.Version, [.. g.Select(n => n.Package)]))];
    }

    public IReadOnlyList<Subject> All { get; }

    public IReadOnlyCollection<string> UsedEcosystems => _ecosystems;

    /// <summary>Packages that are looked up.</summary>
    public int Checked { get; private set; }

    /// <summary>Packages that are not, by what there is no data for; the most first.</summary>
    public IReadOnlyList<MissingData> Missing => [.. _missing.Select(m => new MissingData(m.Key, m.Value)).OrderByDescending(m => m.Packages).ThenBy(m => m.Name, StringComparer.Ordinal)];

    private void Miss(Package package, string? ofDistribution)
    {
        var name = Ecosystems.OfType(package.Type) ?? (Ecosystems.IsOfDistribution(package.Type) ? ofDistribution?.TrimEnd('*', ':') : null) ?? package.Type;
        _missing[name] = _missing.GetValueOrDefault(name) + 1;
    }

    /// <summary>Whether a distribution's records name source packages, as most do, or those that are installed.</summary>
    private static IEnumerable<(string Name, string Version)> Names(string ecosystem, Package package)
    {
        var isOfBinaries = package.Type == "rpm";
        var source = (package.SourceName ?? package.Name, package.SourceVersion ?? package.Version);
        if (!isOfBinaries) return [source];
        var own = (package.Name, package.Version);
        // AlmaLinux and Red Hat name each installed package; the others name sources, some of them both.
        var namesAll = ecosystem.StartsWith("AlmaLinux", StringComparison.Ordinal);
        // CSAF of Red Hat names sources as long as there is no fix.
        if (ecosystem.StartsWith("Red Hat", StringComparison.Ordinal)) return [own, (PackageNames.OfSource(source.Item1), source.Item2)];
        return namesAll || own == source ? [own] : [own, source];
    }
}
