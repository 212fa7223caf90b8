using System.Text.Json;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Cvss;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>CISA's Vulnrichment by CVE: a CVSS vector, and the points of an SSVC decision.</summary>
internal sealed class VulnrichmentForm : FactForm
{
    public override string Name => "CISA Vulnrichment";

    public override bool Fits(JsonElement record) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("cve", out _) && (record.TryGetProperty("vector", out _) || record.TryGetProperty("ssvc_exploitation", out _));

    public override IEnumerable<CveFact> Read(JsonElement record)
    {
        var vector = OsvField.Text(record, "vector");
        yield return new CveFact(OsvField.Text(record, "cve") ?? throw new OsvFormatException("it has no cve"), CveFacts.Nothing with
        {
            Vector = vector,
            // Computed, not believed: a figure that does not follow from its vector is worth nothing.
            Score = vector is null ? null : CvssVector.BaseScore(vector),
            Exploitation = OsvField.Text(record, "ssvc_exploitation"),
        });
    }
}
