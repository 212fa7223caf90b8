namespace Strata.Packages.Comparing;

/// <summary>Compares what is installed in two images.</summary>
public static class PackageComparison
{
    /// <summary>
    /// Ordered by type, name. A package may be there several times: in several versions, for several architectures, in several places. What
    /// both have alike is left out first; of the rest, those of one architecture and place are one change, then those of one architecture.
    /// </summary>
    public static IReadOnlyList<PackageChange> Between(ImagePackages before, ImagePackages after)
    {
        var old = before.Packages.ToLookup(KeyOf);
        var now = after.Packages.ToLookup(KeyOf);
        return
        [
            .. old.Select(g => g.Key).Union(now.Select(g => g.Key))
                .OrderBy(k => k.Type, StringComparer.Ordinal).ThenBy(k => k.Name, StringComparer.Ordinal)
                .SelectMany(k => Changes([.. old[k]], [.. now[k]])),
        ];
    }

    private static IEnumerable<PackageChange> Changes(List<Package> before, List<Package> after)
    {
        foreach (var _ in Pairs(before, after, (b, a) => b.Version == a.Version && b.Architecture == a.Architecture))
        {
            // Alike: no change.
        }
        List<PackageChange> changes =
        [
            .. Pairs(before, after, (b, a) => b.Architecture == a.Architecture && b.Location == a.Location),
            .. Pairs(before, after, (b, a) => b.Architecture == a.Architecture),
            .. before.Select(b => new PackageChange(b, null)),
            .. after.Select(a => new PackageChange(null, a)),
        ];
        return changes.OrderBy(c => c.Architecture, StringComparer.Ordinal);
    }

    /// <summary>Takes out of both lists what belongs together.</summary>
    private static IEnumerable<PackageChange> Pairs(List<Package> before, List<Package> after, Func<Package, Package, bool> belong)
    {
        for (var i = 0; i < before.Count;)
        {
            var one = before[i];
            var other = after.FindIndex(a => belong(one, a));
            if (other < 0)
            {
                i++;
                continue;
            }
            yield return new PackageChange(one, after[other]);
            before.RemoveAt(i);
            after.RemoveAt(other);
        }
    }

    private static (string Type, string Name) KeyOf(Package package) => (package.Type, Merging.PackageKey.NameOf(package.Type, package.Name));
}
