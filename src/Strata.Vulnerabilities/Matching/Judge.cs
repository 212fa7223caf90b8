using Strata.Packages;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Matching;

/// <summary>
/// What the database says of a source package in one version. Images share most of what they have, so that an answer is kept: ten thousand
/// lists of packages are compared with new data for the price of their different packages. For one thread, and one state of the database.
/// </summary>
internal sealed class Judge(AdvisoryDatabase database)
{
    private readonly Dictionary<string, Judgement> _known = new(StringComparer.Ordinal);

    public AdvisoryDatabase Database => database;

    /// <param name="subjects">The same package in every ecosystem in which it is looked up.</param>
    /// <returns>Findings that are merged, and about the packages of these subjects.</returns>
    public Judgement Of(IReadOnlyList<Subject> subjects)
    {
        var key = KeyOf(subjects);
        if (!_known.TryGetValue(key, out var judgement)) _known[key] = judgement = Find(subjects);
        if (judgement.Findings.Count == 0) return judgement;
        IReadOnlyList<Package> packages = subjects.Count == 1 ? subjects[0].Packages : [.. subjects.SelectMany(s => s.Packages).Distinct()];
        return judgement with { Findings = [.. judgement.Findings.Select(f => f with { Packages = packages })] };
    }

    private Judgement Find(IReadOnlyList<Subject> subjects)
    {
        var matcher = new Matcher(database);
        foreach (var subject in subjects) matcher.Match(subject);
        return new Judgement([.. FindingMerge.OfSource(matcher.Findings).Select(f => Enrichment.Of(f, database))], matcher.Undecided);
    }

    private static string KeyOf(IReadOnlyList<Subject> subjects)
    {
        var first = subjects[0];
        // The module of an rpm decides too, and only its package URL has it.
        var package = first.Packages[0];
        return string.Join('\n', [first.Name, first.Version, package.Type, package.Type == "rpm" ? package.Purl : "", .. subjects.Select(s => s.Ecosystem)]);
    }
}
