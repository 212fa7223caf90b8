using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Packages.Formats;
using Strata.Packages.Formats.CycloneDx;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Cli.Rendering.Scans;

/// <summary>The bill of materials with its vulnerabilities: CycloneDX 1.6.</summary>
internal static class ScanCycloneDx
{
    public static JsonObject Of(ScanReport report, SbomSubject subject)
    {
        using var stream = new MemoryStream();
        CycloneDxWriter.Write(stream, subject, report.Packages);
        var document = JsonNode.Parse(stream.ToArray())!.AsObject();
        var references = document["components"]!.AsArray().Where(c => c!["purl"] is not null)
            .ToLookup(c => (string)c!["purl"]!, c => (string)c!["bom-ref"]!, StringComparer.Ordinal);
        var all = report.Shown.Select(f => (Finding: f, Suppressed: (SuppressedFinding?)null)).Concat(report.Result.Suppressed.Select(s => (s.Finding, Suppressed: (SuppressedFinding?)s)));
        document["vulnerabilities"] = new JsonArray([.. all.Select(a => (JsonNode)Vulnerability(a.Finding, a.Suppressed, references))]);
        return document;
    }

    private static JsonObject Vulnerability(Finding f, SuppressedFinding? suppressed, ILookup<string, string> references)
    {
        var json = new JsonObject
        {
            ["id"] = f.Id,
            ["source"] = new JsonObject { ["name"] = f.Database },
            ["references"] = new JsonArray([.. f.Aliases.Select(a => (JsonNode)new JsonObject { ["id"] = a, ["source"] = new JsonObject { ["name"] = f.Database } })]),
            ["ratings"] = new JsonArray([.. Ratings(f)]),
            ["description"] = f.Summary ?? f.Rule,
            ["recommendation"] = f.FixedVersion is null ? ScanText.State(f.FixState) : $"update {f.SourceName} to {f.FixedVersion}",
            ["advisories"] = new JsonArray([.. f.References.Select(r => (JsonNode)new JsonObject { ["url"] = r })]),
            ["affects"] = new JsonArray([.. f.Packages.SelectMany(p => references[p.Purl].DefaultIfEmpty(p.Purl)).Distinct(StringComparer.Ordinal).Select(r => (JsonNode)new JsonObject { ["ref"] = r })]),
        };
        if (f.Published is { } published) json["published"] = published.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (suppressed is not null) json["analysis"] = new JsonObject { ["state"] = "not_affected", ["detail"] = $"{suppressed.Reason} ({suppressed.By})" };
        return json;
    }

    /// <summary>The chosen one first.</summary>
    private static IEnumerable<JsonNode> Ratings(Finding f)
    {
        yield return Rating(f.SeveritySource ?? f.RecordId, f.Severity, f.Score, f.Vector);
        foreach (var other in f.Ratings.Where(r => r.Source != f.SeveritySource)) yield return Rating(other.Source, other.Severity, other.Score, other.Vector);
    }

    private static JsonObject Rating(string source, Severity severity, double? score, string? vector)
    {
        var json = new JsonObject
        {
            ["source"] = new JsonObject { ["name"] = source },
            ["severity"] = severity == Severity.Negligible ? "info" : ScanText.Of(severity),
            ["method"] = Method(vector),
        };
        if (score is { } value) json["score"] = value;
        if (vector is not null) json["vector"] = vector;
        return json;
    }

    private static string Method(string? vector) => vector switch
    {
        null => "other",
        _ when vector.StartsWith("CVSS:4", StringComparison.Ordinal) => "CVSSv4",
        _ when vector.StartsWith("CVSS:3.1", StringComparison.Ordinal) => "CVSSv31",
        _ when vector.StartsWith("CVSS:3", StringComparison.Ordinal) => "CVSSv3",
        _ => "CVSSv2",
    };
}
