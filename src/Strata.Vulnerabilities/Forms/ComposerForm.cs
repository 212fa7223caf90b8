using System.Text.Json;
using Strata.Vulnerabilities.Osv;
using Strata.Vulnerabilities.Ranges;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The PHP security advisories of FriendsOfPHP: bounds for each branch.</summary>
internal sealed class ComposerForm : RecordForm
{
    private const string Prefix = "composer://";
    private const string GitHub = "/advisories/";

    public override string Name => "FriendsOfPHP";

    public override bool Fits(JsonElement record) =>
        Has(record, "branches", "reference") && OsvField.Text(record, "reference")?.StartsWith(Prefix, StringComparison.Ordinal) == true;

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var package = Required(record, "reference")[Prefix.Length..];
        var branches = OsvField.Find(record, "branches") is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject().ToArray() : [];
        var link = OsvField.Text(record, "link");
        string[] aliases = [.. new[] { OsvField.Text(record, "cve"), OfGitHub(link) }.OfType<string>().Where(a => a.Length > 0)];
        var title = OsvField.Text(record, "title");
        var name = Path.ChangeExtension(OsvField.Text(record, "_file"), extension: null) ?? $"{package}/{aliases.FirstOrDefault() ?? title}";
        yield return new OsvRecord
        {
            Id = $"FRIENDSOFPHP-{name}",
            Modified = branches.Select(b => FormDate.Of(Time(b.Value))).Max() ?? date,
            Text = new OsvText { Aliases = aliases, Summary = title, References = Web(link) },
            Affected = [Affected("Packagist", package, ComposerRanges.Sets.ToRanges([.. branches.SelectMany(b => ComposerRanges.Parse(OsvField.Texts(b.Value, "versions") ?? []))]))],
        };
    }

    private static string? Time(JsonElement branch) =>
        branch.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.String ? time.GetString() : null;

    /// <summary>The name in an address such as <c>https://github.com/advisories/GHSA-wjfc-pgfp-pv9c</c>.</summary>
    private static string? OfGitHub(string? link)
    {
        var at = link?.LastIndexOf(GitHub, StringComparison.Ordinal) ?? -1;
        var name = at < 0 ? "" : link![(at + GitHub.Length)..];
        return name.StartsWith("GHSA-", StringComparison.Ordinal) ? name.TrimEnd('/') : null;
    }
}
