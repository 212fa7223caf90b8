using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>CycloneDX, <c>vulnerabilities[].analysis</c>: of components of the same document, or of others by their links.</summary>
internal static class CycloneDxVex
{
    public static bool Fits(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("bomFormat", out var form) && form.ValueEquals("CycloneDX") && root.TryGetProperty("vulnerabilities", out _);

    public static IReadOnlyList<Decision> Read(JsonElement root, string source)
    {
        var purls = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var component in OsvField.Items(root, "components"))
        {
            if (OsvField.Text(component, "bom-ref") is { } reference && OsvField.Text(component, "purl") is { } purl) purls[reference] = purl;
        }

        return [.. OsvField.Items(root, "vulnerabilities").Select(v => Decision(v, purls, source)).OfType<Decision>()];
    }

    /// <summary>Null where nobody has analysed it.</summary>
    private static Decision? Decision(JsonElement vulnerability, Dictionary<string, string> purls, string source)
    {
        if (OsvField.Find(vulnerability, "analysis") is not { } analysis || OsvField.Text(analysis, "state") is not { } state) return null;
        var said = OsvField.Text(analysis, "detail");
        var words = string.Join(": ", new[] { state, OsvField.Text(analysis, "justification") }.OfType<string>().Select(w => w.Replace('_', ' ')));
        return new Decision
        {
            Vulnerabilities =
            [
                OsvField.Text(vulnerability, "id") ?? throw new OsvFormatException("a vulnerability has no id"),
                .. OsvField.Items(vulnerability, "references").Select(r => OsvField.Text(r, "id")).OfType<string>(),
            ],
            Packages = [.. OsvField.Items(vulnerability, "affects").Select(a => OsvField.Text(a, "ref")).OfType<string>().Select(r => Purl(r, purls))],
            Suppresses = state is "not_affected" or "false_positive" or "resolved" or "resolved_with_pedigree",
            Reason = said is null ? words : $"{words} ({said})",
            Source = source,
        };
    }

    /// <summary>A link to another document names the component after its number sign.</summary>
    private static string Purl(string reference, Dictionary<string, string> purls)
    {
        var sign = reference.StartsWith("urn:cdx:", StringComparison.Ordinal) ? reference.IndexOf('#', StringComparison.Ordinal) : -1;
        var name = sign < 0 ? reference : Uri.UnescapeDataString(reference[(sign + 1)..]);
        return purls.GetValueOrDefault(name, name);
    }
}
