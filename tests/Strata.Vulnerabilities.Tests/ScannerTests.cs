using System.Text.Json.Nodes;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

public sealed class ScannerTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Before_any_update_there_is_no_data()
    {
        var result = _fixture.Scan(Image(Deb("openssl", "1")));
        result.State.ShouldBe(ScanState.NoDatabase);
        result.Explanation.ShouldContain("nothing is known");
        result.PackagesWithoutData.ShouldBe(1);
    }

    [Theory]
    [InlineData("debian", "13", "The advisory data has no records for Debian:13, so nothing is known about vulnerabilities. It has records for Debian:12.")]
    [InlineData("alpine", "3.20", "The advisory data has no records for Alpine:v3.20, so nothing is known about vulnerabilities. It has records for Debian:12.")]
    [InlineData(null, null, "The image names no distribution (it has no os-release), so its packages could not be compared.")]
    public async Task No_records_of_the_distribution_is_not_no_vulnerabilities(string? id, string? version, string words)
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var distribution = id is null ? null : new Distribution { Id = id, VersionId = version };
        var result = _fixture.Scan(Image(Deb("openssl", "1")) with { Distribution = distribution });
        (result.State, result.Explanation).ShouldBe((ScanState.NoDataForDistribution, words));
        result.Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_packages_is_a_state_of_its_own()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        _fixture.Scan(Image()).State.ShouldBe(ScanState.NoPackages);
    }

    [Fact]
    public async Task A_finding_says_what_matched_and_why()
    {
        var record = Advisory("DEBIAN-CVE-2024-0001", "openssl", "introduced 0, fixed 3.0.15-1");
        record["upstream"] = new JsonArray("CVE-2024-0001");
        record["summary"] = "A hole";
        record["published"] = "2024-05-01T00:00:00Z";
        record["severity"] = new JsonArray(new JsonObject { ["type"] = "CVSS_V3", ["score"] = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" });
        record["references"] = new JsonArray(
            new JsonObject { ["type"] = "WEB", ["url"] = "https://example.org/x" }, new JsonObject { ["type"] = "WEB", ["url"] = "javascript:alert(1)" });
        await _fixture.UpdateAsync(record);

        var result = _fixture.Scan(Image(Deb("libssl3", "3.0.9-1+b1", "openssl", "3.0.9-1"), Deb("openssl", "3.0.9-1"), Deb("bash", "5")));

        result.State.ShouldBe(ScanState.Scanned);
        var finding = result.Findings.ShouldHaveSingleItem();
        finding.Id.ShouldBe("CVE-2024-0001");
        finding.Aliases.ShouldBe(["DEBIAN-CVE-2024-0001"]);
        finding.Packages.Select(p => p.Name).ShouldBe(["libssl3", "openssl"]);
        finding.FixedVersion.ShouldBe("3.0.15-1");
        (finding.Severity, finding.Score).ShouldBe((Severity.Critical, 9.8));
        finding.References.ShouldBe(["https://example.org/x"]);
        finding.Rule.ShouldBe("openssl 3.0.9-1 is before 3.0.15-1, fixed in Debian:12");
        (finding.RecordId, finding.Database, finding.Ecosystem).ShouldBe(("DEBIAN-CVE-2024-0001", "test.jsonl", "Debian:12"));
        result.Counts.ShouldBe([new(Severity.Critical, 1), new(Severity.High, 0), new(Severity.Medium, 0), new(Severity.Low, 0), new(Severity.Negligible, 0), new(Severity.Unknown, 0)]);
        (result.PackagesChecked, result.PackagesWithoutData).ShouldBe((3, 0));
        result.DataDate.ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        result.Age.ShouldBe(TimeSpan.Zero);
        result.Coverage.ShouldHaveSingleItem().Records.ShouldBe(1);
    }

    [Fact]
    public async Task The_source_version_is_compared_not_the_binary_one()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "gcc-defaults", "introduced 0, fixed 1.203"));
        _fixture.Scan(Image(Deb("gcc", "4:0.1", "gcc-defaults", "1.203"))).Findings.ShouldBeEmpty();
        _fixture.Scan(Image(Deb("gcc", "4:12.2.0-3", "gcc-defaults", "1.202"))).Findings.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_withdrawn_record_never_matches()
    {
        var record = Advisory("CVE-2024-0001", "openssl", "introduced 0", modified: "2026-01-01T00:00:00Z");
        await _fixture.UpdateAsync(record);
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Count.ShouldBe(1);
        record["withdrawn"] = "2026-02-01T00:00:00Z";
        record["modified"] = "2026-02-01T00:00:00Z";
        await _fixture.UpdateAsync(record, Advisory("CVE-2024-0002", "other", "introduced 0"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_of_other_releases_do_not_match()
    {
        await _fixture.UpdateAsync(
            Advisory("CVE-2024-0001", "openssl", "introduced 0", "Debian:11"), Advisory("CVE-2024-0002", "openssl", "introduced 0", "Debian:120"),
            Advisory("CVE-2024-0003", "openssl", "introduced 0", "Ubuntu:22.04:LTS"), Advisory("CVE-2024-0004", "openssl", "introduced 0"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Select(f => f.Id).ShouldBe(["CVE-2024-0004"]);
        var point = Image(Deb("openssl", "1")) with { Distribution = new Distribution { Id = "debian", VersionId = "11.9" } };
        _fixture.Scan(point).Findings.Select(f => f.Id).ShouldBe(["CVE-2024-0001"]);
        var ubuntu = point with { Distribution = new Distribution { Id = "ubuntu", VersionId = "22.04" } };
        _fixture.Scan(ubuntu).Findings.Select(f => f.Id).ShouldBe(["CVE-2024-0003"]);
    }

    [Fact]
    public async Task Records_that_mean_one_vulnerability_are_one_finding()
    {
        var debian = Advisory("DEBIAN-CVE-2024-0001", "openssl", "introduced 0, fixed 3", modified: "2026-03-01T00:00:00Z");
        var bulletin = Advisory("DSA-1-1", "openssl", "introduced 0, fixed 3");
        bulletin["upstream"] = new JsonArray("CVE-2024-0001");
        bulletin["database_specific"] = new JsonObject { ["severity"] = "MODERATE" };
        await _fixture.UpdateAsync(debian, bulletin);

        var finding = _fixture.Scan(Image(Deb("openssl", "1"))).Findings.ShouldHaveSingleItem();
        (finding.Id, finding.RecordId, finding.Severity).ShouldBe(("CVE-2024-0001", "DEBIAN-CVE-2024-0001", Severity.Medium));
        finding.OtherRecords.ShouldBe(["DSA-1-1"]);
        finding.Aliases.ShouldBe(["DEBIAN-CVE-2024-0001", "DSA-1-1"]);
    }

    [Fact]
    public async Task A_bulletin_about_several_is_folded_into_them_when_all_were_found()
    {
        var bulletin = Advisory("DSA-1-1", "openssl", "introduced 0, fixed 3");
        bulletin["upstream"] = new JsonArray("CVE-2024-0001", "CVE-2024-0002");
        await _fixture.UpdateAsync(bulletin, Advisory("DEBIAN-CVE-2024-0001", "openssl", "introduced 0, fixed 3"));
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Select(f => f.Id).ShouldBe(["CVE-2024-0001", "DSA-1-1"]);
        await _fixture.UpdateAsync(Advisory("DEBIAN-CVE-2024-0002", "openssl", "introduced 0, fixed 3"));
        var findings = _fixture.Scan(Image(Deb("openssl", "1"))).Findings;
        findings.Select(f => f.Id).ShouldBe(["CVE-2024-0001", "CVE-2024-0002"]);
        findings.ShouldAllBe(f => f.OtherRecords.Contains("DSA-1-1"));
    }

    [Fact]
    public async Task What_cannot_be_compared_is_told_not_dropped()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0, fixed v3"));
        var result = _fixture.Scan(Image(Deb("openssl", "1")));
        result.Findings.ShouldBeEmpty();
        result.Undecided.ShouldHaveSingleItem().RecordId.ShouldBe("CVE-2024-0001");
    }

    [Fact]
    public async Task A_package_named_several_times_in_a_record_is_one_finding()
    {
        var record = Advisory("CVE-2024-0001", "openssl", "introduced 0, fixed 1.9");
        record["affected"]!.AsArray().Add(Affected("openssl", "introduced 2, fixed 2.3"));
        record["affected"]!.AsArray().Add(Affected("openssl-old", "introduced 0"));
        await _fixture.UpdateAsync(record);
        _fixture.Scan(Image(Deb("openssl", "2.1"))).Findings.ShouldHaveSingleItem().FixedVersion.ShouldBe("2.3");
        _fixture.Scan(Image(Deb("openssl", "2.3"))).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Findings_come_worst_first_and_then_by_id()
    {
        var records = new (string Id, string Severity)[] { ("CVE-2024-0004", "low"), ("CVE-2024-0003", "high"), ("CVE-2024-0002", "high"), ("CVE-2024-0001", "not yet assigned") };
        await _fixture.UpdateAsync([.. records.Select(r =>
        {
            var record = Advisory(r.Id, "openssl", "introduced 0");
            record["affected"]![0]!["ecosystem_specific"] = new JsonObject { ["urgency"] = r.Severity };
            return record;
        })]);
        _fixture.Scan(Image(Deb("openssl", "1"))).Findings.Select(f => (f.Id, f.Severity)).ShouldBe(
            [("CVE-2024-0002", Severity.High), ("CVE-2024-0003", Severity.High), ("CVE-2024-0004", Severity.Low), ("CVE-2024-0001", Severity.Unknown)]);
    }

    [Fact]
    public async Task Age_is_counted_from_the_update_and_a_wrong_clock_does_not_make_it_negative()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        _fixture.Clock.Now += TimeSpan.FromDays(3);
        _fixture.Scan(Image(Deb("openssl", "1"))).Age.ShouldBe(TimeSpan.FromDays(3));
        _fixture.Clock.Now -= TimeSpan.FromDays(30);
        _fixture.Scan(Image(Deb("openssl", "1"))).Age.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("CVE-2024-0001", "", "CVE-2024-0001")]
    [InlineData("DEBIAN-CVE-2024-0001", "", "CVE-2024-0001")]
    [InlineData("GHSA-aaaa-bbbb-cccc", "CVE-2024-0001", "CVE-2024-0001")]
    [InlineData("GHSA-aaaa-bbbb-cccc", "CVE-2024-0001,CVE-2024-0002", "GHSA-aaaa-bbbb-cccc")]
    [InlineData("GHSA-aaaa-bbbb-cccc", "CVE-2024", "GHSA-aaaa-bbbb-cccc")]
    [InlineData("XCVE-2024-0001", "", "XCVE-2024-0001")]
    public void The_name_is_the_only_CVE(string id, string aliases, string name) =>
        AdvisoryName.Of(id, aliases.Split(',', StringSplitOptions.RemoveEmptyEntries), []).ShouldBe(name);
}
