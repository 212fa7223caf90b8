using Strata.Vulnerabilities.Decisions;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

public sealed class DecisionTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("not_affected", 0)]
    [InlineData("fixed", 0)]
    [InlineData("affected", 1)]
    [InlineData("under_investigation", 1)]
    public async Task A_statement_of_OpenVEX_decides(string status, int count)
    {
        var result = await DecidedAsync($$"""
            {"@context":"https://openvex.dev/ns/v0.2.0","timestamp":"2026-01-01T00:00:00Z","statements":[{"vulnerability":{"name":"CVE-2024-0001"},
             "products":[{"@id":"pkg:oci/app","subcomponents":[{"@id":"pkg:deb/debian/openssl@1"}]}],"status":"{{status}}",
             "justification":"vulnerable_code_not_in_execute_path","impact_statement":"never called"}]}
            """);
        result.Findings.Count.ShouldBe(count);
        if (count == 0) result.Suppressed.ShouldHaveSingleItem().Reason.ShouldBe($"{status.Replace('_', ' ')}: vulnerable code not in execute path (never called)");
    }

    [Theory]
    [InlineData("pkg:deb/debian/openssl@1", 0)]
    [InlineData("pkg:deb/debian/openssl", 0)]
    [InlineData("pkg:oci/app@sha256%3Aabc", 0)]
    [InlineData("pkg:deb/debian/openssl@2", 1)]
    [InlineData("pkg:deb/debian/curl@1", 1)]
    [InlineData("pkg:deb/debian/openssl@1?arch=arm64", 1)]
    public async Task A_decision_is_about_the_packages_that_it_names(string product, int count)
    {
        var result = await DecidedAsync($$$"""{"statements":[{"vulnerability":{"name":"CVE-2024-0001"},"products":[{"@id":"{{{product}}}"}],"status":"not_affected"}]}""");
        result.Findings.Count.ShouldBe(count);
    }

    [Fact]
    public async Task The_later_statement_holds()
    {
        var result = await DecidedAsync("""
            {"statements":[{"vulnerability":{"name":"CVE-2024-0001"},"timestamp":"2026-02-01T00:00:00Z","products":[],"status":"affected"},
                           {"vulnerability":{"name":"CVE-2024-0001"},"timestamp":"2026-01-01T00:00:00Z","products":[],"status":"not_affected"}]}
            """);
        result.Findings.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_several_packages_only_those_that_are_meant_are_left_out()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var scan = _fixture.Scan(Image(Deb("openssl", "1"), Deb("libssl3", "1", "openssl")));
        var result = Set("""{"ignore":[{"id":"CVE-2024-0001","package":"pkg:deb/debian/libssl3","reason":"no TLS here"}]}""").Apply(scan);
        result.Findings.ShouldHaveSingleItem().Packages.ShouldHaveSingleItem().Name.ShouldBe("openssl");
        result.Suppressed.ShouldHaveSingleItem().Finding.Packages.ShouldHaveSingleItem().Name.ShouldBe("libssl3");
    }

    [Theory]
    [InlineData("exploitable", 1)]
    [InlineData("in_triage", 1)]
    [InlineData("false_positive", 0)]
    [InlineData("resolved", 0)]
    public async Task An_analysis_of_CycloneDX_decides(string state, int count)
    {
        var result = await DecidedAsync($$"""
            {"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"type":"library","bom-ref":"a","name":"openssl","purl":"pkg:deb/debian/openssl@1"}],
             "vulnerabilities":[{"id":"CVE-2024-0001","analysis":{"state":"{{state}}","detail":"seen"},"affects":[{"ref":"a"}]}]}
            """);
        result.Findings.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("2026-11-25", 0)]
    [InlineData("2026-11-24T12:00:00Z", 1)]
    [InlineData("2026-11-24", 1)]
    public async Task An_expired_entry_is_told_and_does_not_count(string expires, int count)
    {
        var set = Set($$"""{"ignore":[{"id":"CVE-2024-0001","reason":"waiting","expires":"{{expires}}"}]}""");
        set.Expired.Count.ShouldBe(count);
        (await ScanAsync()).Findings.Count.ShouldBe(1);
        set.Apply(await ScanAsync()).Findings.Count.ShouldBe(count);
    }

    [Theory]
    [InlineData("{}", "neither OpenVEX")]
    [InlineData("x", "no JSON")]
    [InlineData("""{"ignore":[{"id":"CVE-1"}]}""", "does not say why")]
    [InlineData("""{"ignore":[{"reason":"r"}]}""", "has no id")]
    [InlineData("""{"ignore":[{"id":"CVE-1","reason":"r","expires":"soon"}]}""", "is no date")]
    [InlineData("""{"ignore":[{"id":"CVE-1","reason":"r","package":"curl"}]}""", "is no package URL")]
    [InlineData("""{"statements":[{"status":"fixed"}]}""", "has no vulnerability")]
    public void What_is_no_file_of_decisions_says_why(string text, string why) =>
        Should.Throw<InvalidDataException>(() => DecisionReader.Read(_fixture.Write("x.json", text))).Message.ShouldContain(why);

    [Fact]
    public async Task A_gate_says_each_condition_that_is_not_met()
    {
        var result = await ScanAsync();
        Finding[] findings = [result.Findings[0] with { Severity = Severity.High, FixedVersion = "2", ExploitedSince = DateTimeOffset.UnixEpoch, Published = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) }];
        IReadOnlyList<string> Faults(Gate gate) => gate.Faults(result with { Age = TimeSpan.FromDays(3) }, findings, user: "", _fixture.Clock.GetUtcNow());

        Faults(new Gate()).ShouldBeEmpty();
        Faults(new Gate { Severity = Severity.Critical }).ShouldBeEmpty();
        Faults(new Gate { Severity = Severity.High }).ShouldBe(["1 of severity high or higher"]);
        Faults(new Gate { Exploited = true }).ShouldBe(["1 known to be exploited"]);
        Faults(new Gate { FixableFor = TimeSpan.FromDays(24) }).ShouldBeEmpty();
        Faults(new Gate { FixableFor = TimeSpan.FromDays(23) }).ShouldBe(["1 that could be fixed for more than 23 days"]);
        Faults(new Gate { DataAge = TimeSpan.FromDays(3) }).ShouldBeEmpty();
        Faults(new Gate { DataAge = TimeSpan.FromDays(2) }).ShouldBe(["the advisory data is 3 days old, and may be 2"]);
        new Gate { Exploited = true }.Faults(result with { State = ScanState.NoDatabase }, [], user: "", default).ShouldBe(["what was asked for cannot be answered without data"]);
    }

    private async Task<ScanResult> DecidedAsync(string text) => Set(text).Apply(await ScanAsync());

    private async Task<ScanResult> ScanAsync()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        return _fixture.Scan(Image(Deb("openssl", "1")));
    }

    private DecisionSet Set(string text) => new(DecisionReader.Read(_fixture.Write("decisions.json", text)), _fixture.Clock);
}
