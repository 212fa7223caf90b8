using Strata.Packages.Distributions;
using Strata.Packages.Facts;
using Strata.Packages.Ownership;

namespace Strata.Packages.Merging;

/// <summary>
/// Follows the installed packages from layer to layer. A version is introduced by the layer in which it appeared and from which on it
/// stayed: a package that was removed and came back is introduced by the layer that brought it back.
/// </summary>
internal sealed class Attribution
{
    private Dictionary<PackageKey, List<InstalledPackage>> _installed = [];
    private readonly Dictionary<(PackageKey Key, string Version), GonePackage> _gone = [];
    private IReadOnlyCollection<PackageDocument> _documents = [];

    /// <summary>The visible documents after layer number <paramref name="layer"/>.</summary>
    public void Update(IEnumerable<PackageDocument> documents, int layer)
    {
        var installed = new Dictionary<PackageKey, List<InstalledPackage>>();
        var all = documents as IReadOnlyCollection<PackageDocument> ?? [.. documents];
        var owners = new Owners(all);
        foreach (var document in all)
        {
            if (document.Packages.Count == 0) continue;
            var owner = owners.Find(document.Path);
            foreach (var fact in document.Packages) Add(installed, fact, document.Path, owner, layer);
        }

        NoteGone(installed, layer);
        _installed = installed;
        _documents = all;
    }

    /// <summary>What some layer had and the top has not, in the order of <see cref="Packages"/>.</summary>
    /// <inheritdoc cref="Packages" path="/param"/>
    public IReadOnlyList<HiddenPackage> Hidden(Distribution? distribution, Func<int, LayerOrigin> originOf)
    {
        // What came back is there.
        var gone = _gone.Where(g => !Has(_installed, g.Key.Key, g.Key.Version)).Select(g => g.Value).ToArray();
        var licenses = gone.Select(g => g.Documents).Distinct().ToDictionary(d => d, d => new DebianLicenses(d));
        return
        [
            .. InOrder(gone, g => g.Package)
                .Select(g => new HiddenPackage(Package(g.Package, distribution, licenses[g.Documents], originOf), originOf(g.HiddenBy), g.ReplacedBy)),
        ];
    }

    /// <summary>Ordered by type, name, architecture, and then version.</summary>
    /// <param name="distribution">Whose packages the OS packages are.</param>
    /// <param name="originOf">From a layer's number to the origin.</param>
    /// <param name="isOwned">True for what an OS package brings, which is a second telling of it; false for all else.</param>
    public IReadOnlyList<Package> Packages(Distribution? distribution, Func<int, LayerOrigin?> originOf, bool isOwned)
    {
        var licenses = new DebianLicenses(_documents);
        return
        [
            .. InOrder(_installed.Values.SelectMany(p => p).Where(p => p.OwnedBy is not null == isOwned), p => p)
                .Select(p => Package(p, distribution, licenses, originOf)),
        ];
    }

    private static IOrderedEnumerable<T> InOrder<T>(IEnumerable<T> all, Func<T, InstalledPackage> package) => all
        .OrderBy(p => package(p).Fact.Type, StringComparer.Ordinal)
        .ThenBy(p => package(p).Fact.Name, StringComparer.Ordinal)
        .ThenBy(p => package(p).Fact.Architecture, StringComparer.Ordinal)
        .ThenBy(p => package(p).Fact.Version, StringComparer.Ordinal);

    private void NoteGone(Dictionary<PackageKey, List<InstalledPackage>> installed, int layer)
    {
        foreach (var (key, same) in _installed)
        {
            foreach (var package in same.Where(p => p.OwnedBy is null && !Has(installed, key, p.Fact.Version)))
                _gone[(key, package.Fact.Version)] = new GonePackage(package, layer, Replacement(installed.GetValueOrDefault(key) ?? [], same, package), _documents);
        }
    }

    /// <summary>A version that is new with the layer: the one in the same place, where several are.</summary>
    private static string? Replacement(List<InstalledPackage> now, List<InstalledPackage> before, InstalledPackage gone)
    {
        var fresh = now.Where(n => !before.Exists(b => b.Fact.Version == n.Fact.Version)).ToArray();
        return (fresh.FirstOrDefault(n => n.Location == gone.Location) ?? fresh.FirstOrDefault())?.Fact.Version;
    }

    private static bool Has(Dictionary<PackageKey, List<InstalledPackage>> installed, PackageKey key, string version) =>
        installed.TryGetValue(key, out var same) && same.Exists(p => p.Fact.Version == version);

    private void Add(Dictionary<PackageKey, List<InstalledPackage>> installed, PackageFact fact, string location, string? owner, int layer)
    {
        var key = PackageKey.Of(fact);
        if (!installed.TryGetValue(key, out var same)) installed[key] = same = new List<InstalledPackage>(1);
        // Two documents, or a damaged one, may tell of a package twice. What differs is kept: leaving it out could hide a vulnerability.
        var told = same.FindIndex(p => p.Fact.Version == fact.Version);
        // What is there of its own, too, is not only the OS package's.
        if (told >= 0 && !IsBetter(fact, owner, same[told]))
        {
            same[told] = With(same[told], location);
            return;
        }
        var former = told >= 0 ? same[told] : null;
        if (told >= 0) same.RemoveAt(told);
        var before = _installed.GetValueOrDefault(key);
        var sameVersion = before?.Find(p => p.Fact.Version == fact.Version);
        var sameText = before?.Find(p => p.Fact.Fingerprint == fact.Fingerprint);
        var added = new InstalledPackage(fact, location, owner, sameVersion?.IntroducedBy ?? layer, sameText?.LastTouchedBy ?? layer) { AlsoAt = former?.AlsoAt };
        same.Add(former is null ? added : With(added, former.Location));
    }

    /// <summary>The package with one more place. A document that tells of it twice is one place.</summary>
    private static InstalledPackage With(InstalledPackage package, string location)
    {
        if (package.Location == location || package.AlsoAt?[^1] == location) return package;
        if (package.AlsoAt is null) return package with { AlsoAt = [location] };
        package.AlsoAt.Add(location);
        return package;
    }

    /// <summary>Whether a telling of a package is to stand in place of another: what is not owned before what is, what was found before what was told.</summary>
    private static bool IsBetter(PackageFact fact, string? owner, InstalledPackage told) =>
        owner is null && told.OwnedBy is not null || (owner is null) == (told.OwnedBy is null) && fact.Purl is null && told.Fact.Purl is not null;

    private static Package Package(InstalledPackage installed, Distribution? distribution, DebianLicenses licenses, Func<int, LayerOrigin?> originOf)
    {
        var fact = installed.Fact;
        return new Package
        {
            Name = fact.Name,
            Version = fact.Version,
            Type = fact.Type,
            Architecture = fact.Architecture,
            SourceName = fact.SourceName,
            SourceVersion = fact.SourceVersion,
            Purl = PackageUrl.Of(fact, distribution),
            Licenses = fact.Licenses ?? licenses.Find(fact),
            Location = installed.Location,
            AlsoAt = installed.AlsoAt ?? [],
            OwnedBy = installed.OwnedBy,
            IntroducedBy = originOf(installed.IntroducedBy),
            LastTouchedBy = originOf(installed.LastTouchedBy),
        };
    }
}
