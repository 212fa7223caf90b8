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
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty("cve", out _)
        && (record.TryGetProperty("vector", out _) || record.TryGetProperty("ssvc_exploitation", out _) || record.GetPropertyCount() == 1);

    public override IEnumerable<CveFact> Read(JsonElement record)
    {
        var cve = OsvField.Text(record, "cve") ?? throw new OsvFormatException("it has no cve");
        var vector = OsvField.Text(record, "vector");
        if (record.GetPropertyCount() == 1) throw new OsvFormatException($"it says nothing of {cve}");
        yield return new CveFact(cve, CveFacts.Nothing with
        {
            Vector = vector,
            // Computed, not believed: a figure that does not follow from its vector is worth nothing.
            Score = vector is null ? null : CvssVector.BaseScore(vector),
            Exploitation = OsvField.Text(record, "ssvc_exploitation"),
        });
    }
}
