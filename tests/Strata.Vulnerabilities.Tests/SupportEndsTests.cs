using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Decisions;
using Strata.Vulnerabilities.Support;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

public sealed class SupportEndsTests
{
    [Theory]
    [InlineData("debian", "10", "2024-06-30")]
    [InlineData("debian", "12.4", "2028-06-30")]
    [InlineData("alpine", "3.18.4", "2025-05-09")]
    [InlineData("rhel", "8.7", "2029-05-31")]
    [InlineData("ubuntu", "22.04", "2027-04-30")]
    [InlineData("ubuntu", "22", null)]
    [InlineData("wolfi", "20230201", null)]
    [InlineData("debian", null, null)]
    public void A_release_has_a_last_day(string id, string? version, string? day) =>
        SupportEnds.Of(new Distribution { Id = id, VersionId = version })?.ToString("O").ShouldBe(day);

    [Theory]
    [InlineData("2024-06-30T12:00:00Z", 0)]
    [InlineData("2024-07-01T00:00:00Z", 1)]
    public void A_gate_refuses_what_gets_no_updates_any_more(string now, int faults)
    {
        using var fixture = new DatabaseFixture();
        var result = fixture.Scan(Image()) with { Distribution = new Distribution { Id = "debian", VersionId = "10" } };
        new Gate { Supported = true }.Faults(result, [], user: "", DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture)).Count.ShouldBe(faults);
    }

    [Theory]
    [InlineData("", "its processes are root's: it names no user")]
    [InlineData("0:0", "its processes are root's: its user is 0:0")]
    [InlineData("root", "its processes are root's: its user is root")]
    [InlineData("app", null)]
    [InlineData("1000:0", null)]
    public void A_gate_refuses_root(string user, string? fault)
    {
        using var fixture = new DatabaseFixture();
        new Gate { NotRoot = true }.Faults(fixture.Scan(Image()), [], user, default).ShouldBe(fault is null ? [] : [fault]);
    }
}
