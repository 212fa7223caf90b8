using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Compares source packages with what one ecosystem's records say of them.</summary>
internal sealed class Matcher(AdvisoryDatabase database, string ecosystem, VersionOrder order)
{
    private readonly List<Finding> _findings = [];
    private readonly List<Undecided> _undecided = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public IReadOnlyList<Undecided> Undecided => _undecided;

    public void Match(SourcePackage source)
    {
        var affected = database.Affected(ecosystem, source.Name);
        for (var i = 0; i < affected.Count;)
        {
            var record = affected[i].Record;
            var end = i + 1;
            while (end < affected.Count && affected[end].Record == record) end++;
            // A record may name a package several times, for instance once per branch: any of them may match.
            Match(source, record, end - i == 1 ? affected[i].Versions : Joined(affected.Skip(i).Take(end - i).Select(a => a.Versions)));
            i = end;
        }
    }

    private void Match(SourcePackage source, long record, OsvVersions versions)
    {
        var verdict = new OsvEvaluation(order, versions).Of(source.Version, ecosystem);
        if (verdict.IsAffected is null)
            _undecided.Add(new Undecided(source.Name, source.Version, database.Record(record).Id, verdict.Why));
        else if (verdict.IsAffected.Value)
            _findings.Add(Finding(source, database.Record(record), versions, verdict));
    }

    private Finding Finding(SourcePackage source, StoredRecord record, OsvVersions versions, Verdict verdict)
    {
        var text = record.Text;
        var severity = SeverityChoice.Of(versions, text);
        var id = AdvisoryName.Of(record.Id, text.Aliases ?? [], text.Upstream ?? []);
        return new Finding
        {
            Id = id,
            Aliases = [.. Names(record).Where(n => n != id).Order(StringComparer.Ordinal)],
            Packages = source.Binaries,
            SourceName = source.Name,
            SourceVersion = source.Version,
            FixedVersion = verdict.Fixed,
            Severity = severity.Severity,
            Score = severity.Score,
            Vector = severity.Vector,
            Summary = text.Summary,
            Details = text.Details,
            References = text.References ?? [],
            Published = record.Published,
            Modified = record.Modified,
            RecordId = record.Id,
            Database = record.Source,
            Ecosystem = ecosystem,
            Rule = $"{source.Name} {source.Version} {verdict.Why}",
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
            Word = Array.Find(all, v => v.Word is not null)?.Word,
        };
    }
}
