using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>Alpine's secdb, a line for each fix: <c>{"distro":"v3.11","package":"curl","fixed":"7.67.0-r0","cves":[...]}</c>.</summary>
internal sealed class SecdbLineForm : RecordForm
{
    public override string Name => "Alpine secdb";

    public override bool Fits(JsonElement record) => Has(record, "distro", "repo", "package", "fixed", "cves");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date) => Secdb.Records(
        $"Alpine:{Required(record, "distro")}", Required(record, "package"), Required(record, "fixed"), OsvField.Texts(record, "cves") ?? [], date);
}
