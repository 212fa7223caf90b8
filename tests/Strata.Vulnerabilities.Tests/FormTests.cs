using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Records in the forms of their publishers; made up after the real ones.</summary>
public sealed class FormTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("5.2.4.2", true)]
    [InlineData("5.2.4.3", false)]
    [InlineData("6.0.0", true)]
    [InlineData("6.0.3.1", false)]
    [InlineData("4.9.9", false)]
    [InlineData("5.3.0.rc1", true)]
    public async Task RubySec_says_what_is_sound(string version, bool found)
    {
        await UpdateAsync("""{"gem":"rails","cve":"2020-8163","title":"A hole","date":"2020-05-15","cvss_v3":8.8,"patched_versions":["~> 5.2.4, >= 5.2.4.3",">= 6.0.3.1"],"unaffected_versions":["< 5.0.0"]}""", "RubySec");
        var findings = _fixture.Scan(Image(Package("gem", "rails", version))).Findings;
        findings.Count.ShouldBe(found ? 1 : 0);
        if (found) (findings[0].Id, findings[0].Severity).ShouldBe(("CVE-2020-8163", Severity.High));
    }

    [Theory]
    [InlineData("0.5.9", false)]
    [InlineData("0.6.0", true)]
    [InlineData("0.6.1", false)]
    [InlineData("0.7.1", true)]
    [InlineData("0.7.2", false)]
    [InlineData("1.0.0", false)]
    [InlineData("0.6.0-alpha", false)]
    public async Task RustSec_says_what_is_sound(string version, bool found)
    {
        await UpdateAsync("""{"advisory":{"id":"RUSTSEC-2021-0001","package":"x","date":"2021-01-01","aliases":["CVE-2021-1111"],"cvss":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},"versions":{"patched":["^0.6.1",">= 0.7.2"],"unaffected":["< 0.6.0"]},"title":"t"}""", "RustSec");
        _fixture.Scan(Image(Package("cargo", "x", version))).Findings.Count.ShouldBe(found ? 1 : 0);
    }

    [Theory]
    [InlineData("<=1.2.3 || >=2.0.0 <2.1.0", "1.2.3", true)]
    [InlineData("<=1.2.3 || >=2.0.0 <2.1.0", "1.2.4", false)]
    [InlineData("<=1.2.3 || >=2.0.0 <2.1.0", "2.0.9", true)]
    [InlineData("> 1.2.3", "1.2.3", false)]
    [InlineData("> 1.2.3", "1.2.4", true)]
    [InlineData("1.2.x", "1.2.9", true)]
    [InlineData("1.2.x", "1.3.0", false)]
    [InlineData("~1.2.3", "1.2.2", false)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("1.0.0 - 1.2", "1.2.9", true)]
    [InlineData("*", "9.9.9", true)]
    [InlineData("2.1.4", "2.1.4", true)]
    public async Task Npm_ranges_are_understood(string range, string version, bool found)
    {
        await UpdateAsync($$"""{"id":7,"title":"t","module_name":"m","cves":["CVE-2020-1111"],"vulnerable_versions":"{{range}}","updated_at":"2020-01-01","references":["https://example.org/"]}""", "Node.js working group");
        _fixture.Scan(Image(Package("npm", "m", version))).Findings.Count.ShouldBe(found ? 1 : 0);
    }

    [Theory]
    [InlineData("5.4.10.0", true)]
    [InlineData("5.4.10.1", false)]
    [InlineData("5.3.9", false)]
    public async Task The_branches_of_FriendsOfPHP_are_ranges(string version, bool found)
    {
        await UpdateAsync("""{"title":"t","link":"https://github.com/advisories/GHSA-wjfc-pgfp-pv9c","cve":null,"branches":{"5.4.x":{"time":"2017-08-21 13:16:00","versions":[">=5.4.0","<5.4.10.1"]}},"reference":"composer://a/b","_file":"a/b/x.yaml"}""", "FriendsOfPHP");
        var findings = _fixture.Scan(Image(Package("composer", "a/b", version))).Findings;
        findings.Count.ShouldBe(found ? 1 : 0);
        if (found) (findings[0].Id, findings[0].RecordId).ShouldBe(("GHSA-wjfc-pgfp-pv9c", "FRIENDSOFPHP-a/b/x"));
    }

    [Fact]
    public async Task Lines_of_a_secdb_join_under_the_name_of_the_vulnerability()
    {
        await UpdateAsync("""
            {"distro":"v3.11","repo":"main","package":"curl","fixed":"7.67.0-r0","cves":["CVE-2019-5481","CVE-2019-5482"]}
            {"distro":"v3.10","repo":"main","package":"curl","fixed":"7.66.0-r0","cves":["CVE-2019-5481"]}
            {"distro":"v3.11","repo":"main","package":"xen","fixed":"0","cves":["CVE-2019-9999"]}
            """, "Alpine secdb");
        string[] Found(string release, string package, string version) =>
            [.. _fixture.Scan(Image(Package("apk", package, version)) with { Distribution = new Distribution { Id = "alpine", VersionId = release } }).Findings.Select(f => f.Id)];

        Found("3.11.2", "curl", "7.66.0-r9").ShouldBe(["CVE-2019-5481", "CVE-2019-5482"]);
        Found("3.10.1", "curl", "7.65.0-r0").ShouldBe(["CVE-2019-5481"]);
        Found("3.10.1", "curl", "7.66.0-r0").ShouldBeEmpty();
        Found("3.11.2", "xen", "1-r0").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_secdb_is_read_as_it_is_published()
    {
        await UpdateAsync("""{"apkurl":"https://packages.wolfi.dev/os/{{name}}","archs":["x86_64"],"packages":[{"pkg":{"name":"curl","secfixes":{"8.0-r1":["CVE-2023-1111"],"0":["CVE-2023-2222"]}}}]}""", "secdb");
        var result = _fixture.Scan(Image(Package("apk", "curl", "8.0-r0")) with { Distribution = new Distribution { Id = "wolfi" } });
        result.Findings.ShouldHaveSingleItem().FixedVersion.ShouldBe("8.0-r1");
    }

    [Fact]
    public async Task What_Wolfi_says_of_a_fix_is_kept()
    {
        await UpdateAsync("""
            {"package":"a","id":"CGA-1","aliases":["CVE-2024-1111"],"status":"fixed","fixed":"2-r0","timestamp":"2024-07-04 11:22:00+00:00"}
            {"package":"a","id":"CGA-2","aliases":["CVE-2024-2222"],"status":"false-positive-determination","timestamp":"2024-07-04 11:22:00+00:00"}
            {"package":"a","id":"CGA-3","aliases":["CVE-2024-3333"],"status":"fix-not-planned","timestamp":"2024-07-04 11:22:00+00:00"}
            {"package":"a","id":"CGA-4","aliases":["CVE-2024-4444"],"status":"pending-upstream-fix","timestamp":"2024-07-04 11:22:00+00:00"}
            """, "Wolfi advisories");
        _fixture.Scan(Image(Package("apk", "a", "1-r0")) with { Distribution = new Distribution { Id = "wolfi" } }).Findings.Select(f => (f.Id, f.FixState))
            .ShouldBe([("CVE-2024-1111", FixState.Fixed), ("CVE-2024-3333", FixState.WontFix), ("CVE-2024-4444", FixState.NotFixed)]);
    }

    [Fact]
    public async Task Debians_tracker_tells_releases_apart()
    {
        await UpdateAsync("""
            [{"Header":{"ID":"CVE-2023-7008","Description":"[A hole]"},"Annotations":[{"Type":"package","Package":"systemd","Kind":"unfixed"},{"Type":"package","Release":"bookworm","Package":"systemd","Kind":"no-dsa"},{"Type":"package","Release":"buster","Package":"systemd","Kind":"postponed"}]},
             {"Header":{"ID":"CVE-2023-1111"},"Annotations":[{"Type":"package","Package":"systemd","Kind":"fixed","Version":"254-1"},{"Type":"package","Release":"bookworm","Package":"systemd","Kind":"not-affected"},{"Type":"package","Release":"bullseye","Package":"systemd","Kind":"end-of-life"}]}]
            """.ReplaceLineEndings(""), "Debian tracker");
        (string, FixState, string?)[] Found(string release) =>
            [.. _fixture.Scan(Image(Deb("systemd", "252-1")) with { Distribution = new Distribution { Id = "debian", VersionId = release } }).Findings.Select(f => (f.Id, f.FixState, f.FixedVersion))];

        Found("12").ShouldBe([("CVE-2023-7008", FixState.WontFix, null)]);
        Found("10").ShouldBe([("CVE-2023-7008", FixState.Deferred, null)]);
        Found("11").ShouldBe([("CVE-2023-1111", FixState.EndOfLife, "254-1"), ("CVE-2023-7008", FixState.NotFixed, null)]);
        Found("13").ShouldBe([("CVE-2023-1111", FixState.Fixed, "254-1"), ("CVE-2023-7008", FixState.NotFixed, null)]);
    }

    [Fact]
    public async Task Debians_tracker_is_read_as_it_is_published()
    {
        await UpdateAsync("""
            {"systemd": {
              "CVE-2023-7008": {"description": "A hole", "releases": {
                "bookworm": {"status": "open", "repositories": {"bookworm": "252-1"}, "urgency": "not yet assigned", "nodsa": "Minor issue", "nodsa_reason": ""},
                "bullseye": {"status": "open", "urgency": "end-of-life"},
                "sid": {"status": "resolved", "fixed_version": "255-1", "urgency": "not yet assigned"},
                "trixie": {"status": "resolved", "fixed_version": "255-1", "urgency": "not yet assigned"}}},
              "CVE-2023-1111": {"releases": {
                "bookworm": {"status": "resolved", "fixed_version": "0", "urgency": "unimportant"},
                "bullseye": {"status": "open", "urgency": "low", "nodsa": "later", "nodsa_reason": "postponed"},
                "trixie": {"status": "undetermined", "urgency": "not yet assigned"}}}},
             "udev-copy": {
              "CVE-2023-7008": {"releases": {"bookworm": {"status": "open", "urgency": "high"}}}}}
            """, "Debian tracker", "tracker.json");
        (string, FixState, string?, Severity)[] Found(string package, string release) =>
            [.. _fixture.Scan(Image(Deb(package, "252-1")) with { Distribution = new Distribution { Id = "debian", VersionId = release } }).Findings.Select(f => (f.Id, f.FixState, f.FixedVersion, f.Severity))];

        Found("systemd", "12").ShouldBe([("CVE-2023-7008", FixState.WontFix, "255-1", Severity.Unknown)]);
        Found("systemd", "11").ShouldBe([("CVE-2023-1111", FixState.Deferred, null, Severity.Low), ("CVE-2023-7008", FixState.EndOfLife, "255-1", Severity.Unknown)]);
        Found("systemd", "13").ShouldBe([("CVE-2023-7008", FixState.Fixed, "255-1", Severity.Unknown)]);
        Found("udev-copy", "12").ShouldBe([("CVE-2023-7008", FixState.NotFixed, null, Severity.High)]);
    }

    [Fact]
    public async Task What_Debian_announced_for_a_release_decides_there()
    {
        var tracked = """{"Header":{"ID":"CVE-2024-2961"},"Annotations":[{"Type":"xref","Bugs":["DSA-5673-1","DLA-3807-1"]},{"Type":"package","Package":"glibc","Kind":"fixed","Version":"2.37-18"}]}""";
        ScanResult Scanned(string version, string release = "12") =>
            _fixture.Scan(Image(Deb("glibc", version)) with { Distribution = new Distribution { Id = "debian", VersionId = release } });

        await UpdateAsync($"[{tracked}]", "Debian tracker");
        Scanned("2.36-9+deb12u14").Findings.ShouldBeEmpty();
        Scanned("2.36-9+deb12u14").Undecided.ShouldHaveSingleItem().Reason.ShouldContain("DSA-5673-1 or DLA-3807-1");
        Scanned("2.41-12", "13").Undecided.ShouldBeEmpty();

        await UpdateAsync("""{"id":"DSA-5673-1","date":"23 Apr 2024","package":"glibc","type":"security update","cves":["CVE-2024-2961"],"fixes":[{"release":"bookworm","package":"glibc","fixed":"2.36-9+deb12u6"}]}""", "Debian announcements");
        await UpdateAsync($"[{tracked}]", "Debian tracker");
        Scanned("2.36-9+deb12u14").Findings.ShouldBeEmpty();
        Scanned("2.36-9+deb12u14").Undecided.ShouldBeEmpty();
        var finding = Scanned("2.36-9+deb12u5").Findings.ShouldHaveSingleItem();
        (finding.Id, finding.FixedVersion).ShouldBe(("CVE-2024-2961", "2.36-9+deb12u6"));
        Scanned("2.37-1", "13").Findings.ShouldHaveSingleItem().FixedVersion.ShouldBe("2.37-18");
    }

    [Fact]
    public async Task An_announcement_names_the_fix_of_each_release()
    {
        await UpdateAsync("""{"id":"DSA-5076-1","date":"15 Feb 2022","package":"h2database","type":"security update","cves":["CVE-2021-42392"],"fixes":[{"release":"buster","package":"h2database","fixed":"1.4.197-4+deb10u1"},{"release":"bullseye","package":"h2database","fixed":"1.4.197-4+deb11u1"}]}""", "Debian announcements");
        var finding = _fixture.Scan(Image(Deb("h2database", "1.4.197-4")) with { Distribution = new Distribution { Id = "debian", VersionId = "11" } }).Findings.ShouldHaveSingleItem();
        (finding.Id, finding.FixedVersion, finding.Modified.Year).ShouldBe(("CVE-2021-42392", "1.4.197-4+deb11u1", 2022));
    }

    [Fact]
    public async Task A_release_of_DotNet_fixes_the_packages_of_its_runtime()
    {
        await UpdateAsync("""{"cve":"CVE-2026-47300","channel":"8.0","release":"8.0.29","date":"2026-07-14","runtime_fixed":"8.0.29","aspnetcore_fixed":null}""", ".NET releases");
        string[] Found(string version) => [.. _fixture.Scan(Image(Package("nuget", "Microsoft.NETCore.App.Runtime.linux-x64", version))).Findings.Select(f => f.Id)];
        Found("8.0.28").ShouldBe(["CVE-2026-47300"]);
        Found("8.0.29").ShouldBeEmpty();
        Found("9.0.1").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_known_of_a_CVE_is_told_with_its_finding()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-1111", "openssl", "introduced 0"));
        await UpdateAsync("""{"catalogVersion":"1","vulnerabilities":[{"cveID":"CVE-2024-1111","dateAdded":"2024-08-25"}]}""", "CISA KEV", "kev.json");
        await UpdateAsync("""{"cve":"CVE-2024-1111","score":9.8,"vector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","ssvc_exploitation":"active"}""", "CISA Vulnrichment", "vulnrichment.jsonl");
        await UpdateAsync("#model_version:v2025.03.14,score_date:2026-01-01\ncve,epss,percentile\nCVE-2024-1111,0.97,0.99\n", "EPSS", "epss.csv");
        var finding = _fixture.Scan(Image(Deb("openssl", "1"))).Findings.ShouldHaveSingleItem();
        (finding.Severity, finding.Score, finding.SeveritySource, finding.Exploitation).ShouldBe((Severity.Critical, 9.8, "CISA Vulnrichment", "active"));
        finding.ExploitedSince.ShouldBe(new DateTimeOffset(2024, 8, 25, 0, 0, 0, TimeSpan.Zero));
        finding.Likelihood.ShouldBe(0.97);
    }

    [Theory]
    [InlineData("""{"gem":"a","title":"t","patched_versions":["~~ 1"]}""")]
    [InlineData("""{"package":"a","id":"CGA-1","status":"unheard-of"}""")]
    [InlineData("""{"module_name":"m","id":1,"vulnerable_versions":"<one"}""")]
    [InlineData("""{"branches":{"a":{"versions":["~1"]}},"reference":"composer://a/b"}""")]
    public async Task What_is_not_understood_is_a_bad_record_with_its_reason(string record)
    {
        var path = _fixture.Write("x.jsonl", record + "\n" + Lines(Advisory("X-1", "a", "introduced 0")));
        var update = await _fixture.UpdateAsync(path);
        (update.Records, update.BadRecords).ShouldBe((1, 1));
        update.Bad[0].Reason.ShouldContain("'");
    }

    private async Task<AdvisoryUpdate> UpdateAsync(string text, string form, string file = "feed.jsonl")
    {
        var update = await _fixture.UpdateAsync(_fixture.Write(Path.Combine(form, file), text));
        update.Bad.ShouldBeEmpty();
        update.Source.Form.ShouldBe(form);
        return update;
    }
}
