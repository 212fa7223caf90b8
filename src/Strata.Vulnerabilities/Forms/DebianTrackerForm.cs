using System.Text.Json;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>
/// Debian's security tracker, as its list of CVEs is parsed: notes on packages in general (which are about unstable, and hold for every
/// release without a note of its own) and on releases. A release that an announcement (DSA, DLA) mended has no note: the announcement has it.
/// </summary>
internal sealed class DebianTrackerForm : RecordForm
{
    public override string Name => "Debian tracker";

    public override bool Fits(JsonElement record) => Has(record, "Header", "Annotations");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        if (OsvField.Find(record, "Header") is not { } header) throw new OsvFormatException("it has no Header");
        var id = Required(header, "ID");
        var notes = OsvField.Items(record, "Annotations").Where(n => OsvField.Text(n, "Type") == "package").ToArray();
        string[] announcements = [.. OsvField.Items(record, "Annotations").Where(n => OsvField.Text(n, "Type") == "xref")
            .SelectMany(n => OsvField.Texts(n, "Bugs") ?? []).Where(b => b.StartsWith("DSA-", StringComparison.Ordinal) || b.StartsWith("DLA-", StringComparison.Ordinal))];
        yield return new OsvRecord
        {
            Id = $"DEBIAN-{id}",
            Modified = date,
            Text = new OsvText { Upstream = [id], Summary = OsvField.Text(header, "Description")?.Trim('[', ']', '(', ')') },
            Affected = [.. notes.GroupBy(n => Required(n, "Package"), StringComparer.Ordinal).SelectMany(g => Of(g.Key, [.. g], announcements))],
        };
    }

    private static IEnumerable<OsvAffected> Of(string package, JsonElement[] notes, string[] announcements)
    {
        var general = Array.Find(notes, n => OsvField.Text(n, "Release") is null);
        foreach (var name in DebianReleases.Followed.Union(notes.Select(n => OsvField.Text(n, "Release")).OfType<string>(), StringComparer.Ordinal))
        {
            if (DebianReleases.Number(name) is not { } release) continue;
            var own = Array.Find(notes, n => OsvField.Text(n, "Release") == name);
            var isGeneral = own.ValueKind == JsonValueKind.Undefined;
            var decides = isGeneral ? general : own;
            if (decides.ValueKind == JsonValueKind.Undefined || Versions(decides, general) is not { } versions) continue;
            yield return new OsvAffected($"Debian:{release}", package, isGeneral && announcements.Length > 0 ? versions with { Announcements = announcements } : versions);
        }
    }

    /// <summary>Null when it has nothing to do with the release, or nobody knows yet.</summary>
    private static OsvVersions? Versions(JsonElement note, JsonElement general)
    {
        var fixedAnywhere = general.ValueKind == JsonValueKind.Undefined ? null : OsvField.Text(general, "Version");
        var versions = Required(note, "Kind") switch
        {
            "fixed" => new OsvVersions { Ranges = Before(Required(note, "Version")) },
            "unfixed" => new OsvVersions { Ranges = Before(version: null) },
            // A release without a fix of its own is still mended by the version that mends unstable.
            "no-dsa" or "ignored" => new OsvVersions { Ranges = Before(fixedAnywhere), State = FixState.WontFix },
            "postponed" => new OsvVersions { Ranges = Before(fixedAnywhere), State = FixState.Deferred },
            "end-of-life" => new OsvVersions { Ranges = Before(fixedAnywhere), State = FixState.EndOfLife },
            "not-affected" or "undetermined" or "itp" or "removed" => null,
            var kind => throw new OsvFormatException($"its kind '{kind}' is not understood"),
        };
        return versions is null ? null : versions with { Word = OsvField.Text(note, "Severity") ?? OsvField.Text(note, "Urgency") };
    }
}
