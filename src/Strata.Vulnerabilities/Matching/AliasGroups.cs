namespace Strata.Vulnerabilities.Matching;

/// <summary>Puts together what several databases say of one vulnerability, by the names that they share.</summary>
internal static class AliasGroups
{
    public static IEnumerable<IReadOnlyList<Finding>> Of(IReadOnlyList<Finding> findings)
    {
        var leaders = Enumerable.Range(0, findings.Count).ToArray();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < findings.Count; i++)
        {
            foreach (var name in Names(findings[i]))
            {
                if (!seen.TryAdd(name, i)) leaders[Leader(leaders, i)] = Leader(leaders, seen[name]);
            }
        }

        return Enumerable.Range(0, findings.Count).GroupBy(i => Leader(leaders, i)).Select(g => g.Select(i => findings[i]).ToArray());
    }

    /// <summary>A bulletin about several CVEs is not the same as any of them.</summary>
    private static IEnumerable<string> Names(Finding finding)
    {
        yield return finding.Id;
        if (finding.Aliases.Append(finding.Id).Where(n => AdvisoryName.IsCve(n)).Take(2).Count() > 1)
        {
            if (finding.RecordId != finding.Id) yield return finding.RecordId;
            yield break;
        }

        foreach (var alias in finding.Aliases) yield return alias;
    }

    private static int Leader(int[] leaders, int index)
    {
        while (leaders[index] != index) index = leaders[index];
        return index;
    }
}
