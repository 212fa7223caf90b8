using System.Text.Json;
using Strata.Vulnerabilities.Forms;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Decisions;

/// <summary>OpenVEX 0.2.0: statements on vulnerabilities of products and of what they are made of.</summary>
internal static class OpenVex
{
    public static bool Fits(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("statements", out var statements) && statements.ValueKind == JsonValueKind.Array;

    public static IReadOnlyList<Decision> Read(JsonElement root, string source) =>
    [
        .. OsvField.Items(root, "statements")
            .OrderBy(s => FormDate.Of(OsvField.Text(s, "timestamp") ?? OsvField.Text(root, "timestamp")))
            .Select(s => Statement(s, source)),
    ];

    private static Decision Statement(JsonElement statement, string source)
    {
        var status = OsvField.Text(statement, "status") ?? throw new OsvFormatException("a statement has no status");
        return new Decision
        {
            Vulnerabilities = Names(statement),
            Packages = [.. OsvField.Items(statement, "products").SelectMany(Packages).Distinct(StringComparer.Ordinal)],
            Suppresses = status is "not_affected" or "fixed",
            Reason = Reason(statement, status),
            Source = source,
        };
    }

    private static string Reason(JsonElement statement, string status)
    {
        var said = OsvField.Text(statement, "impact_statement") ?? OsvField.Text(statement, "status_notes");
        var words = new[] { status, OsvField.Text(statement, "justification") }.OfType<string>().Select(w => w.Replace('_', ' '));
        return said is null ? string.Join(": ", words) : $"{string.Join(": ", words)} ({said})";
    }

    /// <summary>An object since version 0.2.0, a name before.</summary>
    private static string[] Names(JsonElement statement)
    {
        if (OsvField.Find(statement, "vulnerability") is not { } vulnerability) throw new OsvFormatException("a statement has no vulnerability");
        if (vulnerability.ValueKind == JsonValueKind.String) return [vulnerability.GetString()!];
        return [.. new[] { OsvField.Text(vulnerability, "name"), OsvField.Text(vulnerability, "@id") }.OfType<string>(), .. OsvField.Texts(vulnerability, "aliases") ?? []];
    }

    /// <summary>Where a product says what in it is meant, that is meant; an image as a whole is every package of it.</summary>
    private static IEnumerable<string> Packages(JsonElement product)
    {
        if (product.ValueKind == JsonValueKind.String) return [product.GetString()!];
        string[] parts = [.. OsvField.Items(product, "subcomponents").SelectMany(Identifiers)];
        return parts.Length > 0 ? parts : Identifiers(product);
    }

    private static IEnumerable<string> Identifiers(JsonElement component)
    {
        if (component.ValueKind == JsonValueKind.String) return [component.GetString()!];
        var purl = OsvField.Find(component, "identifiers") is { ValueKind: JsonValueKind.Object } identifiers ? OsvField.Text(identifiers, "purl") : null;
        return (purl ?? OsvField.Text(component, "@id")) is { } id ? [id] : [];
    }
}
