using System.Text.Json;
using Strata.Vulnerabilities.Csaf;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>
/// CSAF 2.0 as Red Hat publishes it, a document for each CVE or erratum: which packages of which repositories are fixed in which version, and which
/// will not be. Of other publishers nothing is understood but products that are rpm packages of a release of Red Hat.
/// </summary>
internal sealed class CsafForm : RecordForm
{
    public override string Name => "CSAF";

    public override bool Fits(JsonElement record) =>
        Has(record, "document") && record.GetProperty("document") is { ValueKind: JsonValueKind.Object } document && document.TryGetProperty("csaf_version", out _);

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var document = record.GetProperty("document");
        var tree = new CsafProductTree(record);
        var tracking = OsvField.Find(document, "tracking") ?? throw new OsvFormatException("it has no tracking");
        var id = Required(tracking, "id");
        var any = false;
        foreach (var vulnerability in OsvField.Items(record, "vulnerabilities"))
        {
            if (OsvField.Text(vulnerability, "cve") is not { Length: > 0 } cve) continue;
            any = true;
            yield return new OsvRecord
            {
                Id = id == cve ? $"REDHAT-{cve}" : $"{id}-{cve}",
                Modified = FormDate.Of(OsvField.Text(tracking, "current_release_date")) ?? date,
                Published = FormDate.Of(OsvField.Text(vulnerability, "release_date")) ?? FormDate.Of(OsvField.Text(tracking, "initial_release_date")),
                Text = Text(document, vulnerability, cve),
                Affected = [.. CsafAffected.Of(vulnerability, tree)],
            };
        }
        if (!any) throw new OsvFormatException("none of its vulnerabilities has a CVE");
    }

    private static OsvText Text(JsonElement document, JsonElement vulnerability, string cve)
    {
        var vector = OsvField.Items(vulnerability, "scores").Select(s => OsvField.Find(s, "cvss_v3")).OfType<JsonElement>().Select(v => OsvField.Text(v, "vectorString")).OfType<string>().FirstOrDefault();
        var impact = OsvField.Items(vulnerability, "threats").Where(t => OsvField.Text(t, "category") == "impact").Select(t => OsvField.Text(t, "details")).OfType<string>().FirstOrDefault();
        var aggregate = OsvField.Find(document, "aggregate_severity") is { } severity ? OsvField.Text(severity, "text") : null;
        return new OsvText
        {
            Aliases = [cve],
            Summary = OsvField.Text(vulnerability, "title") ?? OsvField.Text(document, "title"),
            Details = OsvField.Items(vulnerability, "notes").Where(n => OsvField.Text(n, "category") is "description" or "summary").Select(n => OsvField.Text(n, "text")).OfType<string>().FirstOrDefault(),
            References = Web([.. OsvField.Items(vulnerability, "references").Select(r => OsvField.Text(r, "url"))]),
            Severities = vector is null ? null : [new OsvSeverity("CVSS_V3", vector)],
            // A threat of this category says the severity here, and the impact in a VEX of others.
            Word = SeverityChoice.OfWord(impact) != Severity.Unknown ? impact : aggregate,
        };
    }
}
