using Strata.Packages.Facts;

namespace Strata.Packages.Merging;

/// <summary>The licences of Debian packages, which stand in files beside dpkg's database.</summary>
internal sealed class DebianLicenses
{
    private readonly Dictionary<string, IReadOnlyList<string>> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _bySource = new(StringComparer.Ordinal);

    public DebianLicenses(IReadOnlyCollection<PackageDocument> documents)
    {
        foreach (var document in documents)
            if (document is { Owner: { } owner, Licenses: { } licenses }) _byName[owner] = licenses;
        if (_byName.Count == 0) return;
        foreach (var fact in documents.SelectMany(d => d.Packages).Where(IsDebian))
            if (fact.SourceName is { } source && _byName.TryGetValue(fact.Name, out var licenses)) _bySource.TryAdd(source, licenses);
    }

    /// <summary>
    /// Policy 12.5: in place of its own, a package may have a link to the folder of another one, of the same source; links are not in the facts.
    /// </summary>
    public IReadOnlyList<string> Find(PackageFact fact)
    {
        if (!IsDebian(fact)) return [];
        return _byName.GetValueOrDefault(fact.Name) ?? (fact.SourceName is { } source ? _bySource.GetValueOrDefault(source) : null) ?? [];
    }

    private static bool IsDebian(PackageFact fact) => fact.Type == "deb";
}
