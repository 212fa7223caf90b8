namespace Strata.Vulnerabilities.Matching;

/// <summary>Makes one finding of several records that mean the same vulnerability of the same source package.</summary>
internal static class FindingMerge
{
    public static IReadOnlyList<Finding> OfSource(IReadOnlyList<Finding> findings)
    {
        var merged = AliasGroups.Of(findings).Select(Join).ToList();
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

    /// <summary>The newest record speaks; the others fill in what it leaves open. The id is the one that people know best.</summary>
    private static Finding Join(IReadOnlyList<Finding> findings)
    {
        var all = findings.OrderByDescending(f => f.Modified).ThenBy(f => f.RecordId, StringComparer.Ordinal).ToArray();
        if (all.Length == 1) return all[0];
        var best = all.OrderBy(f => AdvisoryName.Rank(f.Id)).ThenBy(f => f.Id, StringComparer.Ordinal).First().Id;
        var joined = With(all[0], all[1..]);
        return joined.Id == best ? joined : joined with
        {
            Id = best,
            Aliases = [.. joined.Aliases.Append(joined.Id).Where(a => a != best).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    private static Finding With(Finding first, Finding[] others)
    {
        var rated = first.Severity != Severity.Unknown ? first : Array.Find(others, f => f.Severity != Severity.Unknown) ?? first;
        return first with
        {
            Aliases = [.. first.Aliases.Concat(others.SelectMany(f => f.Aliases)).Concat(others.Select(f => f.Id))
                .Where(n => n != first.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            FixedVersion = first.FixedVersion ?? Array.Find(others, f => f.FixedVersion is not null)?.FixedVersion,
            FixState = first.FixedVersion is null && Array.Exists(others, f => f.FixedVersion is not null) ? FixState.Fixed : first.FixState,
            Related = [.. first.Related.Concat(others.SelectMany(f => f.Related)).Distinct(StringComparer.Ordinal)],
            Ratings = [.. first.Ratings.Concat(others.SelectMany(f => f.Ratings)).Distinct()],
            SeveritySource = rated.SeveritySource,
            Packages = [.. first.Packages.Concat(others.SelectMany(f => f.Packages)).Distinct()],
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
