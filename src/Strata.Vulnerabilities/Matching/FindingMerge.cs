namespace Strata.Vulnerabilities.Matching;

/// <summary>Makes one finding of several records that mean the same vulnerability of the same source package.</summary>
internal static class FindingMerge
{
    public static IReadOnlyList<Finding> Of(IEnumerable<Finding> findings) =>
    [
        .. findings.GroupBy(f => (f.SourceName, f.SourceVersion)).SelectMany(OfSource)
            .OrderByDescending(f => f.Severity)
            .ThenBy(f => f.Id, StringComparer.Ordinal)
            .ThenBy(f => f.SourceName, StringComparer.Ordinal)
            .ThenBy(f => f.SourceVersion, StringComparer.Ordinal),
    ];

    private static IEnumerable<Finding> OfSource(IEnumerable<Finding> findings)
    {
        var merged = findings.GroupBy(f => f.Id, StringComparer.Ordinal).Select(Join).ToList();
        // A bulletin about several CVEs says nothing more than they do, when each of them was found by its own record.
        foreach (var bulletin in merged.Where(f => !AdvisoryName.IsCve(f.Id)).ToArray())
        {
            var cves = bulletin.Aliases.Where(a => AdvisoryName.IsCve(a)).ToArray();
            if (cves.Length == 0 || !Array.TrueForAll(cves, c => merged.Exists(f => f.Id == c))) continue;
            merged.Remove(bulletin);
            foreach (var cve in cves)
            {
                var at = merged.FindIndex(f => f.Id == cve);
                merged[at] = With(merged[at], [bulletin]);
            }
        }

        return merged;
    }

    /// <summary>The newest record speaks; the others fill in what it leaves open.</summary>
    private static Finding Join(IEnumerable<Finding> findings)
    {
        var all = findings.OrderByDescending(f => f.Modified).ThenBy(f => f.RecordId, StringComparer.Ordinal).ToArray();
        return all.Length == 1 ? all[0] : With(all[0], all[1..]);
    }

    private static Finding With(Finding first, Finding[] others)
    {
        var rated = first.Severity != Severity.Unknown ? first : Array.Find(others, f => f.Severity != Severity.Unknown) ?? first;
        return first with
        {
            Aliases = [.. first.Aliases.Concat(others.SelectMany(f => f.Aliases)).Concat(others.Select(f => f.Id))
                .Where(n => n != first.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            FixedVersion = first.FixedVersion ?? Array.Find(others, f => f.FixedVersion is not null)?.FixedVersion,
            Severity = rated.Severity,
            Score = rated.Score,
            Vector = rated.Vector,
            Summary = first.Summary ?? Array.Find(others, f => f.Summary is not null)?.Summary,
            Details = first.Details ?? Array.Find(others, f => f.Details is not null)?.Details,
            References = [.. first.References.Concat(others.SelectMany(f => f.References)).Distinct(StringComparer.Ordinal)],
            OtherRecords = [.. first.OtherRecords.Concat(others.Select(f => f.RecordId)).Concat(others.SelectMany(f => f.OtherRecords))
                .Where(r => r != first.RecordId).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }
}
