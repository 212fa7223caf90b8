using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Advisories in the form of CSAF, made up after Red Hat's.</summary>
public sealed class CsafFeedTests : IDisposable
{
    private const string Document = """
        {"document":{"category":"csaf_vex","csaf_version":"2.0","title":"openssl: a hole","aggregate_severity":{"text":"Moderate"},
          "tracking":{"id":"CVE-2024-0001","current_release_date":"2024-06-01T00:00:00+00:00","initial_release_date":"2024-01-01T00:00:00+00:00"}},
         "product_tree":{"branches":[{"category":"vendor","name":"Red Hat","branches":[
            {"category":"product_name","name":"BaseOS 9","product":{"name":"BaseOS 9","product_id":"BaseOS-9","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:9::baseos"}}},
            {"category":"product_name","name":"RHEL 8","product":{"name":"RHEL 8","product_id":"RHEL-8","product_identification_helper":{"cpe":"cpe:/o:redhat:enterprise_linux:8"}}},
            {"category":"architecture","name":"x86_64","branches":[{"category":"product_version","name":"x","product":{"name":"x","product_id":"libs.x86_64","product_identification_helper":{"purl":"pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&epoch=1"}}}]},
            {"category":"architecture","name":"aarch64","branches":[{"category":"product_version","name":"x","product":{"name":"x","product_id":"libs.aarch64","product_identification_helper":{"purl":"pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=aarch64&epoch=1"}}}]},
            {"category":"architecture","name":"src","branches":[{"category":"product_version","name":"x","product":{"name":"x","product_id":"openssl.src","product_identification_helper":{"purl":"pkg:rpm/redhat/openssl@3.0.7-27.el9?arch=src&epoch=1"}}}]},
            {"category":"product_version","name":"openssl","product":{"name":"openssl","product_id":"openssl","product_identification_helper":{"purl":"pkg:rpm/redhat/openssl?arch=src"}}},
            {"category":"product_version","name":"nodejs:18","product":{"name":"nodejs:18","product_id":"module","product_identification_helper":{"purl":"pkg:rpmmod/redhat/nodejs@18"}}}]}],
          "relationships":[
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"BaseOS-9:libs.x86_64"},"product_reference":"libs.x86_64","relates_to_product_reference":"BaseOS-9"},
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"BaseOS-9:libs.aarch64"},"product_reference":"libs.aarch64","relates_to_product_reference":"BaseOS-9"},
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"BaseOS-9:openssl.src"},"product_reference":"openssl.src","relates_to_product_reference":"BaseOS-9"},
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"RHEL-8:openssl"},"product_reference":"openssl","relates_to_product_reference":"RHEL-8"},
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"RHEL-8:module"},"product_reference":"module","relates_to_product_reference":"RHEL-8"},
            {"category":"default_component_of","full_product_name":{"name":"a","product_id":"RHEL-8:module:openssl"},"product_reference":"openssl","relates_to_product_reference":"RHEL-8:module"}]},
         "vulnerabilities":[{"cve":"CVE-2024-0001","title":"openssl: a hole","release_date":"2024-01-01T00:00:00+00:00",
            "notes":[{"category":"description","text":"At length."}],"references":[{"category":"self","url":"https://example.org/1"}],
            "scores":[{"cvss_v3":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"},"products":["RHEL-8:openssl"]}],
            "threats":[{"category":"impact","details":"Important"}],
            "product_status":{"fixed":["BaseOS-9:libs.x86_64","BaseOS-9:libs.aarch64","BaseOS-9:openssl.src"],"known_affected":["STATUS"]},
            "remediations":[{"category":"REMEDIATION","details":"DETAILS","product_ids":["RHEL-8:openssl"]}]}]}
        """;

    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("1:3.0.7-26.el9", 1)]
    [InlineData("1:3.0.7-27.el9", 0)]
    [InlineData("3.0.7-27.el9", 1)]
    public async Task A_fix_is_about_the_packages_of_its_repository(string version, int count)
    {
        await UpdateAsync("RHEL-8:openssl", "none_available", "Affected");
        var findings = Scan("9.4", Package("rpm", "openssl-libs", version, "openssl", version)).Findings;
        findings.Count.ShouldBe(count);
        if (count == 0) return;
        (findings[0].Id, findings[0].RecordId, findings[0].FixedVersion, findings[0].Severity, findings[0].Score).ShouldBe(("CVE-2024-0001", "REDHAT-CVE-2024-0001", "1:3.0.7-27.el9", Severity.High, 9.8));
        findings[0].Ecosystem.ShouldBe("Red Hat:enterprise_linux:9::baseos");
        findings[0].Details.ShouldBe("At length.");
    }

    [Theory]
    [InlineData("none_available", "Affected", FixState.NotFixed)]
    [InlineData("none_available", "Fix deferred", FixState.Deferred)]
    [InlineData("no_fix_planned", "Will not fix", FixState.WontFix)]
    [InlineData("no_fix_planned", "Out of support scope", FixState.EndOfLife)]
    public async Task A_source_without_a_fix_is_all_that_is_built_from_it(string category, string details, FixState state)
    {
        await UpdateAsync("RHEL-8:openssl", category, details);
        var finding = Scan("8.10", Package("rpm", "openssl-libs", "1:1.1.1k-12.el8", "openssl", "1:1.1.1k-12.el8"), Package("rpm", "bash", "4.4-1.el8", "bash", "4.4-1.el8")).Findings.ShouldHaveSingleItem();
        (finding.SourceName, finding.FixedVersion, finding.FixState).ShouldBe(("openssl", null, state));
        finding.Packages.ShouldHaveSingleItem().Name.ShouldBe("openssl-libs");
        finding.Rule.ShouldBe("openssl 1:1.1.1k-12.el8 is affected like every version in Red Hat:enterprise_linux:8, without a fix so far");
    }

    [Fact]
    public async Task What_is_said_of_a_module_is_not_said_of_all()
    {
        await UpdateAsync("RHEL-8:module:openssl", "none_available", "Affected");
        await _fixture.UpdateAsync(Advisory("X-1", "other", "introduced 0", "Red Hat:enterprise_linux:8"));
        Scan("8.10", Package("rpm", "openssl", "1:1.1.1k-12.el8", "openssl", "1:1.1.1k-12.el8")).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_document_that_cannot_be_read_is_named_and_the_others_count()
    {
        _fixture.Write("csaf/a.json", Document.Replace("STATUS", "RHEL-8:openssl", StringComparison.Ordinal));
        _fixture.Write("csaf/b.json", """{"document":{"csaf_version":"2.0"},"vulnerabilities":[]}""");
        _fixture.Write("csaf/c.json", """{"document":{"csaf_version":"2.0","tracking":{"id":"X"}},"vulnerabilities":[{"title":"no id"}]}""");
        var update = await _fixture.UpdateAsync(Path.Combine(_fixture.Folder, "csaf"));
        update.BadRecords.ShouldBe(2);
        update.Bad.Select(b => $"{b.File}: {b.Reason}").ShouldBe(["b.json: it has no tracking", "c.json: none of its vulnerabilities has a CVE"]);
    }

    private async Task UpdateAsync(string affected, string category, string details)
    {
        var text = Document.Replace("STATUS", affected, StringComparison.Ordinal).Replace("REMEDIATION", category, StringComparison.Ordinal).Replace("DETAILS", details, StringComparison.Ordinal);
        await _fixture.UpdateAsync(_fixture.Write("csaf.json", text));
    }

    private ScanResult Scan(string release, params IReadOnlyList<Packages.Package> packages) =>
        _fixture.Scan(Image(packages) with { Distribution = new Distribution { Id = "rhel", VersionId = release } });
}
