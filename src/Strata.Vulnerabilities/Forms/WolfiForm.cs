using System.Text.Json;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>Wolfi's advisories: one vulnerability of one package, and how far it is.</summary>
internal sealed class WolfiForm : RecordForm
{
    public override string Name => "Wolfi advisories";

    public override bool Fits(JsonElement record) => Has(record, "package", "id", "status") && !Has(record, "affected");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var package = Required(record, "package");
        yield return new OsvRecord
        {
            Id = Required(record, "id"),
            Modified = FormDate.Of(OsvField.Text(record, "timestamp")) ?? date,
            Text = new OsvText { Aliases = OsvField.Texts(record, "aliases") },
            Affected = Versions(record) is { } versions ? [new OsvAffected("Wolfi", package, versions)] : [],
        };
    }

    /// <summary>Null when no version has it.</summary>
    private static OsvVersions? Versions(JsonElement record) => Required(record, "status") switch
    {
        "fixed" => OsvField.Text(record, "fixed") is { Length: > 0 } version
            ? version == "0" ? null : new OsvVersions { Ranges = Before(version) }
            : throw new OsvFormatException("it is fixed, but it says not by which version"),
        "false-positive-determination" or "analysis-not-planned" => null,
        "fix-not-planned" => new OsvVersions { Ranges = Before(version: null), State = FixState.WontFix },
        "detection" or "true-positive-determination" or "pending-upstream-fix" => new OsvVersions { Ranges = Before(version: null) },
        var status => throw new OsvFormatException($"its status '{status}' is not understood"),
    };
}
