using System.Text.Json;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The lists of Debian's security announcements (DSA, DLA): the fixed version of each release.</summary>
internal sealed class DebianListForm : RecordForm
{
    public override string Name => "Debian announcements";

    public override bool Fits(JsonElement record) => Has(record, "id", "fixes", "date");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        yield return new OsvRecord
        {
            Id = Required(record, "id"),
            Modified = FormDate.Of(OsvField.Text(record, "date")) ?? date,
            Text = new OsvText { Upstream = OsvField.Texts(record, "cves"), Summary = $"{OsvField.Text(record, "package")} - {OsvField.Text(record, "type")}" },
            Affected = [.. OsvField.Items(record, "fixes").Select(Fix).OfType<OsvAffected>()],
        };
    }

    private static OsvAffected? Fix(JsonElement fix) =>
        OsvField.Text(fix, "fixed") is { Length: > 0 } version && DebianReleases.Number(Required(fix, "release")) is { } release
            ? Affected($"Debian:{release}", Required(fix, "package"), Before(version))
            : null;
}
