using System.Text.Json;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Ranges;

namespace Strata.Vulnerabilities.Forms;

/// <summary>RustSec: affected is what is neither patched nor unaffected.</summary>
internal sealed class RustForm : RecordForm
{
    public override string Name => "RustSec";

    public override bool Fits(JsonElement record) => Has(record, "advisory", "versions");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        if (OsvField.Find(record, "advisory") is not { } advisory || OsvField.Find(record, "versions") is not { } versions)
            throw new OsvFormatException("it has no advisory or no versions");
        Interval[] sound = [.. new[] { "patched", "unaffected" }.SelectMany(n => OsvField.Texts(versions, n) ?? []).SelectMany(SemanticRanges.OfCargo)];
        var day = FormDate.Of(OsvField.Text(advisory, "date"));
        yield return new OsvRecord
        {
            Id = Required(advisory, "id"),
            Modified = day ?? date,
            Published = day,
            Withdrawn = FormDate.Of(OsvField.Text(advisory, "withdrawn")),
            Text = new OsvText
            {
                Aliases = OsvField.Texts(advisory, "aliases"),
                Related = OsvField.Texts(advisory, "related"),
                Summary = OsvField.Text(record, "title") ?? OsvField.Text(advisory, "title"),
                Details = OsvField.Text(record, "description"),
                References = Web([OsvField.Text(advisory, "url"), .. OsvField.Texts(advisory, "references") ?? []]),
                Severities = OsvField.Text(advisory, "cvss") is { } vector ? [new OsvSeverity("CVSS_V3", vector)] : null,
            },
            Affected = [Affected("crates.io", Required(advisory, "package"), SemanticRanges.Sets.ToRanges(SemanticRanges.Sets.Outside(sound)))],
        };
    }
}
