using Strata.Packages;
using Strata.Vulnerabilities.Matching;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>Decisions, and what a scan is with them.</summary>
public sealed class DecisionSet(IReadOnlyList<Decision> decisions, TimeProvider clock)
{
    /// <summary>Those that were valid once; a person has to decide anew.</summary>
    public IReadOnlyList<Decision> Expired { get; } = [.. decisions.Where(d => d.Expires <= clock.GetUtcNow())];

    /// <summary>The same scan, with the findings that do not count among the suppressed, each with its reason.</summary>
    public ScanResult Apply(ScanResult result)
    {
        var (kept, suppressed) = (new List<Finding>(), new List<SuppressedFinding>());
        foreach (var finding in result.Findings)
        {
            var byDecision = finding.Packages.ToLookup(p => Of(finding, p));
            suppressed.AddRange(byDecision.Where(g => g.Key is not null).Select(g => new SuppressedFinding(finding with { Packages = [.. g] }, g.Key!.Reason, g.Key.Source)));
            Package[] left = [.. byDecision[null]];
            if (left.Length > 0) kept.Add(left.Length == finding.Packages.Count ? finding : finding with { Packages = left });
        }

        return result with { Findings = kept, Counts = Scanner.Count(kept), Suppressed = [.. result.Suppressed, .. suppressed] };
    }

    /// <summary>The last decision about it holds; null where there is none, or it is that the finding counts.</summary>
    private Decision? Of(Finding finding, Package package)
    {
        var last = decisions.LastOrDefault(d => !Expired.Contains(d) && IsAbout(d, finding) && IsAbout(d, package));
        return last?.Suppresses == true ? last : null;
    }

    private static bool IsAbout(Decision decision, Finding finding) =>
        decision.Vulnerabilities.Any(v => v == finding.Id || v == finding.RecordId || finding.Aliases.Contains(v));

    private static bool IsAbout(Decision decision, Package package)
    {
        if (decision.Packages.Count == 0 && decision.Names.Count == 0) return true;
        if (decision.Names.Any(n => IsName(n, package.Name, package.Version) || IsName(n, package.SourceName ?? package.Name, package.SourceVersion ?? package.Version)))
            return decision.Platform is null || IsIn(decision.Platform, PurlPattern.TryParse(package.Purl));
        if (PurlPattern.TryParse(package.Purl) is not { } purl || (decision.Platform is { } platform && !IsIn(platform, purl))) return false;
        return decision.Packages.Select(PurlPattern.TryParse).OfType<PurlPattern>().Any(p => p.IsImage || p.Fits(p.IsSource ? purl.SourceOf(package) : purl));
    }

    private static bool IsName(string said, string name, string version) =>
        said == name || (said.Length == name.Length + version.Length + 1 && said.StartsWith(name, StringComparison.Ordinal) && said.EndsWith(version, StringComparison.Ordinal) && said[name.Length] is ' ' or '-' or '@' or '=');

    /// <summary>Whoever names no release is in none: what is decided about one release must not be taken for another's.</summary>
    private static bool IsIn(string platform, PurlPattern? package) =>
        package?.Qualifiers.GetValueOrDefault("distro")?.Replace("redhat-", "rhel-", StringComparison.Ordinal) is { } distro
        && (distro == platform || distro.StartsWith(platform + ".", StringComparison.Ordinal));
}
