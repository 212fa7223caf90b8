using System.Text.Json;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>
/// Debian's security tracker as it is published: <c>{package: {CVE: {releases: {bookworm: {status, fixed_version, urgency, nodsa_reason}}}}}</c>.
/// One document of some 70 MiB. What it says of a CVE in several packages is joined by the record's id.
/// </summary>
internal sealed class DebianExportForm : RecordForm
{
    /// <summary>The version that means: this release never had it.</summary>
    private const string Never = "0";

    public override string Name => "Debian tracker";

    public override bool Fits(JsonElement record) =>
        First(record) is { Value: var package } && First(package) is { Value: var vulnerability } && Has(vulnerability, "releases");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        foreach (var package in record.EnumerateObject())
        {
            foreach (var vulnerability in package.Value.EnumerateObject()) yield return Of(package.Name, vulnerability.Name, vulnerability.Value, date);
        }
    }

    private static OsvRecord Of(string package, string id, JsonElement vulnerability, DateTimeOffset date)
    {
        if (OsvField.Find(vulnerability, "releases") is not { ValueKind: JsonValueKind.Object } releases) throw new OsvFormatException($"{id} of {package} has no releases");
        var elsewhere = releases.TryGetProperty("sid", out var unstable) ? OsvField.Text(unstable, "fixed_version") : null;
        return new OsvRecord
        {
            Id = $"DEBIAN-{id}",
            Modified = date,
            Text = new OsvText { Upstream = [id], Summary = OsvField.Text(vulnerability, "description") },
            Affected = [.. releases.EnumerateObject().Select(r => Of(package, r.Name, r.Value, elsewhere)).OfType<OsvAffected>()],
        };
    }

    /// <summary>Null for a release without a number, or one that does not have it.</summary>
    private static OsvAffected? Of(string package, string name, JsonElement release, string? elsewhere)
    {
        if (DebianReleases.Number(name) is not { } number) return null;
        var urgency = OsvField.Text(release, "urgency");
        var versions = Required(release, "status") switch
        {
            "resolved" => OsvField.Text(release, "fixed_version") is { } version && version != Never ? new OsvVersions { Ranges = Before(version) } : null,
            // A release without a fix of its own is still mended by the version that mends unstable.
            "open" => new OsvVersions { Ranges = Before(elsewhere == Never ? null : elsewhere), State = State(release, urgency) },
            "undetermined" => null,
            var status => throw new OsvFormatException($"its status '{status}' is not understood"),
        };
        return versions is null ? null : new OsvAffected($"Debian:{number}", package, versions with { Word = urgency });
    }

    private static FixState? State(JsonElement release, string? urgency) =>
        urgency == "end-of-life" ? FixState.EndOfLife
        : OsvField.Text(release, "nodsa") is null ? null
        : OsvField.Text(release, "nodsa_reason") == "postponed" ? FixState.Deferred
        : FixState.WontFix;

    private static JsonProperty? First(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object) return null;
        foreach (var property in value.EnumerateObject()) return property;
        return null;
    }
}
