using System.Text.Json;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Ranges;

namespace Strata.Vulnerabilities.Forms;

/// <summary>RubySec: affected is what is neither patched nor unaffected.</summary>
internal sealed class RubyForm : RecordForm
{
    public override string Name => "RubySec";

    public override bool Fits(JsonElement record) => Has(record, "gem", "title");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var gem = Required(record, "gem");
        string[] aliases = [.. new[] { Named("CVE-", record, "cve"), Named("GHSA-", record, "ghsa"), Named("OSVDB-", record, "osvdb") }.OfType<string>()];
        Interval[] sound = [.. new[] { "patched_versions", "unaffected_versions" }.SelectMany(n => OsvField.Texts(record, n) ?? []).SelectMany(RubyRanges.Parse)];
        var day = OsvField.Text(record, "date");
        yield return new OsvRecord
        {
            Id = $"RUBYSEC-{gem}-{aliases.FirstOrDefault() ?? day}",
            Modified = FormDate.Of(day) ?? date,
            Text = new OsvText
            {
                Aliases = aliases,
                Related = Related(record),
                Summary = OsvField.Text(record, "title"),
                Details = OsvField.Text(record, "description"),
                References = Web(OsvField.Text(record, "url")),
                Word = Word(record),
            },
            Affected = [Affected("RubyGems", gem, RubyRanges.Sets.ToRanges(RubyRanges.Sets.Outside(sound)))],
        };
    }

    private static string? Named(string prefix, JsonElement record, string name)
    {
        if (OsvField.Find(record, name) is not { } value) return null;
        var text = value.ToString();
        return text.Length == 0 ? null : prefix + text;
    }

    private static string[]? Related(JsonElement record) => OsvField.Find(record, "related") is { ValueKind: JsonValueKind.Object } related
        ? [.. (OsvField.Texts(related, "cve") ?? []).Select(c => $"CVE-{c}"), .. (OsvField.Texts(related, "ghsa") ?? []).Select(g => $"GHSA-{g}")]
        : null;

    /// <summary>A score without a vector: its word is what it says.</summary>
    private static string? Word(JsonElement record)
    {
        foreach (var name in (ReadOnlySpan<string>)["cvss_v3", "cvss_v4", "cvss_v2"])
        {
            if (OsvField.Find(record, name) is { ValueKind: JsonValueKind.Number } score) return Cvss.Cvss3.Rating(score.GetDouble()).ToString();
        }

        return null;
    }
}
