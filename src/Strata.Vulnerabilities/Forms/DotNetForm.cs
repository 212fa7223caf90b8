using System.Text.Json;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Forms;

/// <summary>The release index of .NET: the first runtime of a channel that fixes a CVE, for the packages that a runtime comes in.</summary>
internal sealed class DotNetForm : RecordForm
{
    private static readonly string[] Systems = ["linux-x64", "linux-arm64", "linux-arm", "linux-musl-x64", "linux-musl-arm64", "linux-musl-arm"];

    public override string Name => ".NET releases";

    public override bool Fits(JsonElement record) => Has(record, "cve", "channel", "runtime_fixed");

    public override IEnumerable<OsvRecord> Read(JsonElement record, DateTimeOffset date)
    {
        var (cve, channel) = (Required(record, "cve").Trim(), Required(record, "channel"));
        var release = OsvField.Text(record, "release");
        var day = FormDate.Of(OsvField.Text(record, "date"));
        yield return new OsvRecord
        {
            // A later release may fix the same again, and better.
            Id = $"DOTNET-{release ?? channel}-{cve}",
            Modified = day ?? date,
            Published = day,
            Text = new OsvText { Aliases = [cve], Summary = $".NET {channel}, fixed by release {release}" },
            Affected =
            [
                .. Packages("Microsoft.NETCore.App", channel, OsvField.Text(record, "runtime_fixed")),
                .. Packages("Microsoft.AspNetCore.App", channel, OsvField.Text(record, "aspnetcore_fixed")),
            ],
        };
    }

    private static IEnumerable<OsvAffected> Packages(string name, string channel, string? version)
    {
        if (string.IsNullOrEmpty(version)) return [];
        OsvRange[] ranges = [new OsvRange([new OsvEvent(OsvEventKind.Introduced, $"{channel}.0"), new OsvEvent(OsvEventKind.Fixed, version)])];
        return Systems.Select(s => $"{name}.Runtime.{s}").Prepend(name).Select(n => Affected("NuGet", n, ranges));
    }
}
