using System.Text.Json;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Ranges;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The advisories of the Node.js security working group on npm packages.</summary>
internal sealed class NodeForm : RecordForm
{
    public override string Name => "Node.js working group";

    public override bool Fits(JsonElement record) => Has(record, "module_name", "vulnerable_versions");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        if (OsvField.Find(record, "id") is not { } id) throw new OsvFormatException("it has no id");
        var range = OsvField.Text(record, "vulnerable_versions") ?? "*";
        yield return new OsvRecord
        {
            Id = $"NSWG-ECO-{id}",
            Modified = FormDate.Of(OsvField.Text(record, "updated_at")) ?? date,
            Published = FormDate.Of(OsvField.Text(record, "publish_date")),
            Text = new OsvText
            {
                Aliases = OsvField.Texts(record, "cves"),
                Summary = OsvField.Text(record, "title"),
                Details = OsvField.Text(record, "overview"),
                References = Web([.. OsvField.Texts(record, "references") ?? []]),
                Severities = OsvField.Text(record, "cvss_vector") is { } vector ? [new OsvSeverity("CVSS_V3", vector)] : null,
            },
            Affected = [Affected("npm", Required(record, "module_name"), SemanticRanges.Sets.ToRanges(SemanticRanges.OfNpm(range)))],
        };
    }
}
