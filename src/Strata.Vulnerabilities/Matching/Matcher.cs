using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Compares what is installed with what an ecosystem's records say of it.</summary>
internal sealed class Matcher(AdvisoryDatabase database)
{
    private readonly List<Finding> _findings = [];
    private readonly List<Undecided> _undecided = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public IReadOnlyList<Undecided> Undecided => _undecided;

    public void Match(Subject subject)
    {
        // What OSV names anew is data all the same, but nobody knows here how its versions stand to each other.
        if (VersionOrders.TryFor(subject.Ecosystem) is not { } order) return;
        var affected = database.Affected(subject.Ecosystem, PackageNames.Normal(subject.Ecosystem, subject.Name));
        for (var i = 0; i < affected.Count;)
        {
            var record = affected[i].Record;
            var end = i + 1;
            while (end < affected.Count && affected[end].Record == record) end++;
            // A record may name a package several times, for instance once per branch: any of them may match.
            var versions = end - i == 1 ? affected[i].Versions : Joined(affected.Skip(i).Take(end - i).Select(a => a.Versions));
            var verdict = new OsvEvaluation(order, versions).Of(subject.Version, subject.Ecosystem);
            if (verdict.IsAffected == true && versions.Announcements is { } announcements) verdict = Announced(subject, order, affected, announcements) ?? verdict;
            Keep(subject, record, versions, verdict);
            i = end;
        }
    }

    /// <summary>What a record's announcements say instead of it; null where they are about other releases.</summary>
    private Verdict? Announced(Subject subject, VersionOrder order, IReadOnlyList<(long Record, OsvVersions Versions)> affected, IReadOnlyList<string> announcements)
    {
        // One that came later may mend what an earlier one broke; either has mended this.
        Verdict? announced = null;
        foreach (var (record, versions) in affected)
        {
            if (!announcements.Contains(database.Record(record).Id)) continue;
            var verdict = new OsvEvaluation(order, versions).Of(subject.Version, subject.Ecosystem);
            if (announced is null || verdict.IsAffected == false) announced = verdict;
        }

        if (announced is not null || announcements.Any(database.Knows)) return announced;
        return new Verdict(IsAffected: null, Fixed: null, $"the version of {subject.Ecosystem} that mends it is in {string.Join(" or ", announcements)}, which the database does not have");
    }

    private void Keep(Subject subject, long id, OsvVersions versions, Verdict verdict)
    {
        if (verdict.IsAffected == false) return;
        var record = database.Record(id);
        if (verdict.IsAffected is null) _undecided.Add(new Undecided(PackageNames.Shown(subject.Name), subject.Version, record.Id, verdict.Why));
        else if (RpmModules.AreComparable(subject.Packages[0], subject.Version, verdict.Fixed, record.Text.Summary)) _findings.Add(Finding(subject, record, versions, verdict));
    }

    private static Finding Finding(Subject subject, StoredRecord record, OsvVersions versions, Verdict verdict)
    {
        var text = record.Text;
        var severity = SeverityChoice.Of(record.Id, versions, text);
        var id = AdvisoryName.Of(record.Id, text.Aliases ?? [], text.Upstream ?? []);
        return new Finding
        {
            Id = id,
            Aliases = [.. Names(record).Where(n => n != id).Order(StringComparer.Ordinal)],
            Related = text.Related ?? [],
            Packages = subject.Packages,
            SourceName = PackageNames.Shown(subject.Name),
            SourceVersion = subject.Version,
            FixedVersion = verdict.Fixed,
            FixState = versions.State ?? (verdict.Fixed is null ? FixState.NotFixed : FixState.Fixed),
            Severity = severity.Severity,
            Score = severity.Score,
            Vector = severity.Vector,
            SeveritySource = severity.Severity == Severity.Unknown ? null : record.Id,
            Ratings = severity.Ratings,
            Summary = text.Summary,
            Details = text.Details,
            References = text.References ?? [],
            Published = record.Published,
            Modified = record.Modified,
            RecordId = record.Id,
            Database = record.Source,
            Ecosystem = subject.Ecosystem,
            Rule = $"{PackageNames.Shown(subject.Name)} {subject.Version} {verdict.Why}",
        };
    }

    private static IEnumerable<string> Names(StoredRecord record) =>
        ((string[])[record.Id, .. record.Text.Aliases ?? [], .. record.Text.Upstream ?? []]).Distinct(StringComparer.Ordinal);

    private static OsvVersions Joined(IEnumerable<OsvVersions> versions)
    {
        var all = versions.ToArray();
        return new OsvVersions
        {
            Ranges = [.. all.SelectMany(v => v.Ranges ?? [])],
            Listed = [.. all.SelectMany(v => v.Listed ?? [])],
            Severities = [.. all.SelectMany(v => v.Severities ?? [])],
            Announcements = Array.Find(all, v => v.Announcements is not null)?.Announcements,
            Word = Array.Find(all, v => v.Word is not null)?.Word,
            State = Array.Find(all, v => v.State is not null)?.State,
        };
    }
}
