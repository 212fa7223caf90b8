using System.Text;
using Strata.Vulnerabilities.Decisions;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Decisions in the form of CSAF, profile VEX.</summary>
public sealed class CsafTests : IDisposable
{
    private const string Tree = """
        {"branches":[{"category":"vendor","name":"Debian","branches":[
           {"category":"product_version","name":"1","product":{"name":"openssl 1","product_id":"OPENSSL","product_identification_helper":{"purl":"pkg:deb/debian/openssl@1"}}}]},
          {"category":"vendor","name":"Me","branches":[{"category":"product_name","name":"App","product":{"name":"App","product_id":"APP"}}]}],
         "full_product_names":[{"name":"libssl3 1","product_id":"BY-NAME"},
          {"name":"RHEL 9","product_id":"RHEL9","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:9::baseos"}},
          {"name":"RHEL 8","product_id":"RHEL8","product_identification_helper":{"cpe":"cpe:2.3:o:redhat:enterprise_linux:8:*:baseos:*:*:*:*:*"}},
          {"name":"openssl","product_id":"RPM","product_identification_helper":{"purl":"pkg:rpm/redhat/openssl?arch=src"}}],
         "relationships":[
          {"category":"default_component_of","full_product_name":{"name":"openssl in App","product_id":"APP:OPENSSL"},"product_reference":"OPENSSL","relates_to_product_reference":"APP"},
          {"category":"default_component_of","full_product_name":{"name":"x","product_id":"RHEL9:RPM"},"product_reference":"RPM","relates_to_product_reference":"RHEL9"},
          {"category":"default_component_of","full_product_name":{"name":"x","product_id":"RHEL8:RPM"},"product_reference":"RPM","relates_to_product_reference":"RHEL8"},
          {"category":"default_component_of","full_product_name":{"name":"x","product_id":"ROUND"},"product_reference":"AND-ROUND","relates_to_product_reference":"APP"},
          {"category":"default_component_of","full_product_name":{"name":"x","product_id":"AND-ROUND"},"product_reference":"ROUND","relates_to_product_reference":"APP"},
          {"category":"default_component_of","full_product_name":{"name":"x","product_id":"HALF"},"product_reference":"NOWHERE","relates_to_product_reference":"APP"}],
         "product_groups":[{"group_id":"ALL","product_ids":["OPENSSL","APP:OPENSSL"]}]}
        """;

    private readonly DatabaseFixture _fixture = new();
    private readonly List<string> _faults = [];

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("known_not_affected", 0)]
    [InlineData("fixed", 0)]
    [InlineData("first_fixed", 0)]
    [InlineData("known_affected", 1)]
    [InlineData("last_affected", 1)]
    [InlineData("under_investigation", 1)]
    public async Task The_status_of_a_product_decides(string status, int count)
    {
        var result = await DecidedAsync($$$"""{"cve":"CVE-2024-0001","product_status":{"{{{status}}}":["APP:OPENSSL"]}}""");
        result.Findings.Count.ShouldBe(count);
        _faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_reason_is_the_flag_and_what_it_means()
    {
        var result = await DecidedAsync("""
            {"cve":"CVE-2024-0001","product_status":{"known_not_affected":["OPENSSL"]},
             "flags":[{"label":"component_not_present","product_ids":["APP"]},{"label":"vulnerable_code_not_in_execute_path","group_ids":["ALL"]}],
             "threats":[{"category":"exploit_status","details":"no"},{"category":"impact","details":"It is never called.","product_ids":["OPENSSL"]}]}
            """);
        result.Suppressed.ShouldHaveSingleItem().Reason.ShouldBe("not affected: vulnerable code not in execute path (It is never called.)");
    }

    [Fact]
    public async Task Where_a_document_contradicts_itself_the_finding_counts() =>
        (await DecidedAsync("""{"cve":"CVE-2024-0001","product_status":{"known_affected":["OPENSSL"],"known_not_affected":["OPENSSL"]}}""")).Findings.Count.ShouldBe(1);

    [Fact]
    public async Task A_product_without_a_package_URL_is_known_by_its_name()
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        var scan = _fixture.Scan(Image(Deb("openssl", "1"), Deb("libssl3", "1", "openssl"), Deb("libssl3-udeb", "1", "openssl")));
        var result = Set("""{"cve":"CVE-2024-0001","product_status":{"known_not_affected":["BY-NAME"]}}""").Apply(scan);
        result.Suppressed.ShouldHaveSingleItem().Finding.Packages.ShouldHaveSingleItem().Name.ShouldBe("libssl3");
    }

    [Theory]
    [InlineData("RHEL9:RPM", "rhel-9.4", 0)]
    [InlineData("RHEL9:RPM", "redhat-9.4", 0)]
    [InlineData("RHEL9:RPM", "rhel-9", 0)]
    [InlineData("RHEL8:RPM", "rhel-9.4", 1)]
    [InlineData("RHEL9:RPM", "rhel-90", 1)]
    [InlineData("RHEL9:RPM", null, 1)]
    public async Task What_is_decided_about_one_release_is_not_about_another(string product, string? distro, int count)
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl-libs", "introduced 0", "Red Hat:enterprise_linux:9::baseos"));
        var package = Package("rpm", "openssl-libs", "1:3.0.7-27.el9", "openssl", "1:3.0.7-27.el9") with
        {
            Purl = "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&epoch=1" + (distro is null ? "" : $"&distro={distro}"),
        };
        var scan = _fixture.Scan(new Packages.ImagePackages { Distribution = new Packages.Distributions.Distribution { Id = "rhel", VersionId = "9.4" }, Packages = [package] });
        scan.Findings.Count.ShouldBe(1);
        Set($$$"""{"cve":"CVE-2024-0001","product_status":{"known_not_affected":["{{{product}}}"]}}""").Apply(scan).Findings.Count.ShouldBe(count);
    }

    [Fact]
    public async Task Products_that_are_not_there_or_go_round_in_circles_are_told_and_the_rest_holds()
    {
        var result = await DecidedAsync("""
            {"cve":"CVE-2024-0001","product_status":{"known_not_affected":["ROUND","HALF","NOBODY","ELSE","OPENSSL"]}},
            {"title":"nameless","product_status":{"known_affected":["OPENSSL"]}}
            """);
        result.Findings.ShouldBeEmpty();
        _faults.ShouldBe(
        [
            "one vulnerability has neither a CVE nor another id, and nothing is decided about it",
            "4 products are not in its product tree, or without an end part of themselves: ELSE, HALF, NOBODY, …",
        ]);
    }

    [Theory]
    [InlineData("""{"document":{"csaf_version":"1.0"}}""", "it is CSAF 1.0")]
    [InlineData("""{"document":{"csaf_version":"2.0"},"product_tree":[]}""", "is not a field of an object")]
    [InlineData("""{"document":{"csaf_version":"2.0"},"product_tree":{"branches":{}}}""", "branches is not an array")]
    [InlineData("""{"document":{"csaf_version":"2.0"},"vulnerabilities":[{"cve":"CVE-1","product_status":{"fixed":"all"}}]}""", "fixed is not an array")]
    public void What_is_wrong_in_it_is_said(string text, string why) =>
        Should.Throw<InvalidDataException>(() => DecisionReader.Read(Encoding.UTF8.GetBytes(text), "x")).Message.ShouldContain(why);

    [Fact]
    public void A_tree_without_end_is_refused_and_a_large_one_read()
    {
        var deep = new StringBuilder();
        for (var i = 0; i < 10_000; i++) deep.Append("""{"branches":[""");
        Should.Throw<InvalidDataException>(() => DecisionReader.Read(Encoding.UTF8.GetBytes($$"""{"document":{"csaf_version":"2.0"},"product_tree":{"branches":[{{deep}}"""), "x"));
        var products = string.Join(',', Enumerable.Range(0, 200_000).Select(i => $$"""{"name":"p{{i}}","product_id":"P{{i}}"}"""));
        var chain = string.Join(',', Enumerable.Range(1, 20_000).Select(i => $$"""{"full_product_name":{"name":"c","product_id":"C{{i}}"},"product_reference":"C{{i - 1}}","relates_to_product_reference":"P0"}"""));
        var document = $$$"""{"document":{"csaf_version":"2.0"},"product_tree":{"full_product_names":[{{{products}}},{"name":"c","product_id":"C0"}],"relationships":[{{{chain}}}]},"vulnerabilities":[{"cve":"CVE-1","product_status":{"fixed":["C20000","P1"]}}]}""";
        DecisionReader.Read(Encoding.UTF8.GetBytes(document), "x").ShouldHaveSingleItem().Names.ShouldContain("p1");
    }

    private async Task<ScanResult> DecidedAsync(string vulnerabilities)
    {
        await _fixture.UpdateAsync(Advisory("CVE-2024-0001", "openssl", "introduced 0"));
        return Set(vulnerabilities).Apply(_fixture.Scan(Image(Deb("openssl", "1"))));
    }

    private DecisionSet Set(string vulnerabilities) => new(
        DecisionReader.Read(_fixture.Write("csaf.json", $$"""{"document":{"category":"csaf_vex","csaf_version":"2.0"},"product_tree":{{Tree}},"vulnerabilities":[{{vulnerabilities}}]}"""), _faults.Add),
        _fixture.Clock);
}
