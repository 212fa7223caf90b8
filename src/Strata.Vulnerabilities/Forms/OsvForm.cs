using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The form of OSV, and whatever is none of the others: its parser says what is wrong.</summary>
internal sealed class OsvForm : RecordForm
{
    public override string Name => "OSV";

    public override bool Fits(JsonElement record) => true;

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date) => [OsvParser.Record(record)];
}
