using System.Text.Json.Nodes;
using Strata.Packages.Distributions;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Each kind of package is looked up where OSV has it, by the name that OSV uses.</summary>
public sealed class EcosystemTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("npm", "lodash", "4.17.20", "npm", "lodash", "4.17.21")]
    [InlineData("npm", "@scope/name", "1.0.0", "npm", "@scope/name", "1.0.1")]
    [InlineData("pypi", "Ruamel_Yaml.Clib", "0.2.5", "PyPI", "ruamel-yaml-clib", "0.2.6")]
    [InlineData("maven", "org.apache.logging.log4j:log4j-core", "2.14.1", "Maven", "org.apache.logging.log4j:log4j-core", "2.15.0")]
    [InlineData("golang", "github.com/Masterminds/goutils", "v1.1.0", "Go", "github.com/Masterminds/goutils", "1.1.1")]
    [InlineData("golang", "stdlib", "1.21rc2", "Go", "stdlib", "1.21.0")]
    [InlineData("cargo", "smallvec", "1.6.0", "crates.io", "smallvec", "1.6.1")]
    [InlineData("nuget", "newtonsoft.json", "12.0.1", "NuGet", "Newtonsoft.Json", "13.0.1")]
    [InlineData("gem", "rails", "5.2.4.2", "RubyGems", "rails", "5.2.4.3")]
    [InlineData("composer", "symfony/http-kernel", "v4.4.0", "Packagist", "Symfony/Http-Kernel", "4.4.13")]
    [InlineData("pub", "http", "0.13.2", "Pub", "http", "0.13.3")]
    [InlineData("hex", "plug", "1.3.1", "Hex", "plug", "1.3.2")]
    [InlineData("conan", "openssl", "1.1.1k", "ConanCenter", "openssl", "1.1.1l")]
    [InlineData("cran", "readxl", "1.0.0", "CRAN", "readxl", "1.1.0")]
    [InlineData("hackage", "aeson", "1.5.6.0", "Hackage", "aeson", "2.0.1.0")]
    [InlineData("bitnami", "nginx", "1.24.0-3", "Bitnami", "nginx", "1.25.3")]
    public async Task A_package_of_a_language_is_found(string type, string name, string version, string ecosystem, string advised, string fixedBy)
    {
        await _fixture.UpdateAsync(Advisory("GHSA-1", advised, $"introduced 0, fixed {fixedBy}", ecosystem));
        var result = _fixture.Scan(Image(Package(type, name, version)) with { Distribution = null });
        var finding = result.Findings.ShouldHaveSingleItem();
        (finding.Ecosystem, finding.FixedVersion, finding.FixState).ShouldBe((ecosystem, fixedBy, FixState.Fixed));
        _fixture.Scan(Image(Package(type, name, fixedBy))).Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("alpine", "3.20.3", "apk", "Alpine:v3.20")]
    [InlineData("wolfi", "20230201", "apk", "Wolfi")]
    [InlineData("chainguard", null, "apk", "Chainguard")]
    [InlineData("almalinux", "9.4", "rpm", "AlmaLinux:9")]
    [InlineData("rocky", "8.10", "rpm", "Rocky Linux:8")]
    [InlineData("rhel", "9.4", "rpm", "Red Hat:enterprise_linux:9::appstream")]
    [InlineData("sles", "15.5", "rpm", "SUSE:Linux Enterprise Server 15 SP5")]
    [InlineData("opensuse-leap", "15.5", "rpm", "openSUSE:Leap 15.5")]
    [InlineData("openeuler", "22.03", "rpm", "openEuler:22.03-LTS-SP1")]
    [InlineData("ubuntu", "24.04", "deb", "Ubuntu:24.04:LTS")]
    public async Task A_package_of_a_distribution_is_found(string id, string? release, string type, string ecosystem)
    {
        await _fixture.UpdateAsync(Advisory("X-1", "openssl", "introduced 0, fixed 3.1.0-r1", ecosystem), Advisory("X-2", "openssl", "introduced 0", "Debian:99"));
        var distribution = new Distribution { Id = id, VersionId = release, PrettyName = "openEuler 22.03 (LTS-SP1)" };
        var result = _fixture.Scan(Image(Package(type, "openssl", "3.1.0-r0")) with { Distribution = distribution });
        result.Findings.ShouldHaveSingleItem().Ecosystem.ShouldBe(ecosystem);
    }

    [Fact]
    public async Task The_origin_of_an_apk_is_what_records_are_about()
    {
        await _fixture.UpdateAsync(Advisory("X-1", "openssl", "introduced 0, fixed 3.1.4-r0", "Alpine:v3.18"));
        var image = Image(Package("apk", "libcrypto3", "3.1.3-r0", "openssl"), Package("apk", "libssl3", "3.1.3-r0", "openssl")) with
        {
            Distribution = new Distribution { Id = "alpine", VersionId = "3.18.4" },
        };
        _fixture.Scan(image).Findings.ShouldHaveSingleItem().Packages.Select(p => p.Name).ShouldBe(["libcrypto3", "libssl3"]);
    }

    [Fact]
    public async Task A_list_without_a_distribution_has_it_in_its_package_URLs()
    {
        await _fixture.UpdateAsync(Advisory("X-1", "curl", "introduced 0"), Advisory("X-2", "curl", "introduced 0", "Debian:11"));
        foreach (var distro in (string[])["debian-12", "debian-12.5", "bookworm"])
        {
            var package = Deb("curl", "7") with { Purl = $"pkg:deb/debian/curl@7?arch=amd64&distro={distro}" };
            _fixture.Scan(Image(package) with { Distribution = null }).Findings.ShouldHaveSingleItem().Id.ShouldBe("X-1");
        }
    }

    [Theory]
    [InlineData("18.0.0-1.module_el9+1", "nodejs:18", true)]
    [InlineData("16.0.0-1.module_el9+1", "nodejs:16", false)]
    [InlineData("16.0.0-1.el9", null, false)]
    public async Task Streams_of_a_module_are_no_updates_of_each_other(string version, string? module, bool found)
    {
        var record = Advisory("ALSA-1", "nodejs", "introduced 0, fixed 18.17.1-1.module_el9+2", "AlmaLinux:9");
        record["summary"] = "Important: nodejs:18 security update";
        await _fixture.UpdateAsync(record);
        var package = Package("rpm", "nodejs", version) with { Purl = $"pkg:rpm/almalinux/nodejs@{version}{(module is null ? "" : $"?rpmmod={Uri.EscapeDataString(module + ":9020:rhel9")}")}" };
        var result = _fixture.Scan(Image(package) with { Distribution = new Distribution { Id = "almalinux", VersionId = "9.2" } });
        result.Findings.Count.ShouldBe(found ? 1 : 0);
        if (found) result.Findings[0].Severity.ShouldBe(Severity.High);
    }

    [Fact]
    public async Task What_an_OS_package_brought_is_told_but_does_not_count()
    {
        await _fixture.UpdateAsync(Advisory("PYSEC-1", "requests", "introduced 0", "PyPI"), Advisory("X-1", "openssl", "introduced 0"));
        var image = Image(Deb("openssl", "1")) with { Owned = [Package("pypi", "requests", "2.28.1") with { OwnedBy = "python3-requests" }] };
        var result = _fixture.Scan(image);
        result.Findings.ShouldHaveSingleItem().Id.ShouldBe("X-1");
        var suppressed = result.Suppressed.ShouldHaveSingleItem();
        (suppressed.Finding.Id, suppressed.By).ShouldBe(("PYSEC-1", "distribution"));
        suppressed.Reason.ShouldContain("python3-requests");
    }

    [Fact]
    public async Task No_data_for_some_is_said_beside_what_was_found()
    {
        await _fixture.UpdateAsync(Advisory("X-1", "openssl", "introduced 0"));
        var result = _fixture.Scan(Image(Deb("openssl", "1"), Package("npm", "a", "1.0.0"), Package("npm", "b", "1.0.0"), Package("generic", "java", "17")));
        result.WithoutData.ShouldBe([new MissingData("npm", 2), new MissingData("generic", 1)]);
        result.Explanation.ShouldBe("Compared 1 packages with 1 records of Debian:12. No data for npm (2), generic (1).");
        (result.PackagesChecked, result.PackagesWithoutData).ShouldBe((1, 3));
    }

    [Fact]
    public async Task Databases_that_share_a_name_tell_of_one_vulnerability()
    {
        var pypa = Advisory("PYSEC-2021-1", "django", "introduced 0, fixed 3.2", "PyPI");
        pypa["aliases"] = new JsonArray("GHSA-aaaa-bbbb-cccc");
        var github = Advisory("GHSA-aaaa-bbbb-cccc", "django", "introduced 0, fixed 3.2", "PyPI");
        github["database_specific"] = new JsonObject { ["severity"] = "HIGH" };
        await _fixture.UpdateAsync(pypa, github);
        var finding = _fixture.Scan(Image(Package("pypi", "Django", "3.1"))).Findings.ShouldHaveSingleItem();
        (finding.Id, finding.Severity).ShouldBe(("GHSA-aaaa-bbbb-cccc", Severity.High));
        finding.Aliases.ShouldBe(["PYSEC-2021-1"]);
    }

    [Fact]
    public async Task A_version_that_is_none_is_affected_where_it_is_listed()
    {
        var record = Advisory("PYSEC-1", "old", "introduced 0, fixed 3.2", "PyPI");
        record["affected"]![0]!["versions"] = new JsonArray("2004d", "1.0");
        await _fixture.UpdateAsync(record);
        _fixture.Scan(Image(Package("pypi", "old", "2004d"))).Findings.Count.ShouldBe(1);
        var result = _fixture.Scan(Image(Package("pypi", "old", "2005x")));
        result.Findings.ShouldBeEmpty();
        result.Undecided.ShouldHaveSingleItem().RecordId.ShouldBe("PYSEC-1");
    }
}
