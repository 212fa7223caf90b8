using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>A secdb as Alpine, Wolfi and Chainguard publish it: packages, each with the fixes by version.</summary>
internal sealed class SecdbForm : RecordForm
{
    public override string Name => "secdb";

    public override bool Fits(JsonElement record) => Has(record, "packages", "apkurl") || Has(record, "packages", "distroversion");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var ecosystem = Ecosystem(record);
        foreach (var entry in OsvField.Items(record, "packages"))
        {
            if (OsvField.Find(entry, "pkg") is not { } package) throw new OsvFormatException("a package of it has no pkg");
            var name = Required(package, "name");
            if (OsvField.Find(package, "secfixes") is not { ValueKind: JsonValueKind.Object } fixes) continue;
            foreach (var fix in fixes.EnumerateObject())
            {
                foreach (var made in Secdb.Records(ecosystem, name, fix.Name, OsvField.Texts(fixes, fix.Name) ?? [], date)) yield return made;
            }
        }
    }

    /// <summary>Those of Wolfi and Chainguard have no release: their address says whose they are.</summary>
    private static string Ecosystem(JsonElement record)
    {
        var address = OsvField.Text(record, "urlprefix") ?? OsvField.Text(record, "apkurl") ?? "";
        if (address.Contains("wolfi", StringComparison.OrdinalIgnoreCase)) return "Wolfi";
        if (address.Contains("chainguard", StringComparison.OrdinalIgnoreCase)) return "Chainguard";
        var version = Required(record, "distroversion");
        return version.StartsWith('v') || version == "edge" ? $"Alpine:{version}" : $"Alpine:v{version}";
    }
}
