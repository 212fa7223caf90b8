using System.Text.Json;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>CISA's catalogue of known exploited vulnerabilities.</summary>
internal sealed class KevForm : FactForm
{
    public override string Name => "CISA KEV";

    public override bool Fits(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("catalogVersion", out _) && record.TryGetProperty("vulnerabilities", out _);

    public override IEnumerable<CveFact> Read(JsonElement record)
    {
        foreach (var entry in OsvField.Items(record, "vulnerabilities"))
        {
            var since = FormDate.Of(OsvField.Text(entry, "dateAdded")) ?? throw new OsvFormatException("an entry of the catalogue has no dateAdded");
            yield return new CveFact(OsvField.Text(entry, "cveID") ?? throw new OsvFormatException("an entry of the catalogue has no cveID"), CveFacts.Nothing with { ExploitedSince = since });
        }
    }
}
