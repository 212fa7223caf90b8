using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Packages.Formats;
using Strata.Vulnerabilities.Matching;
using static Strata.Vulnerabilities.Tests.Records;

namespace Strata.Vulnerabilities.Tests;

/// <summary>Lists of packages as syft, Trivy, docker and cdxgen write them, in both formats, each compared with a record as OSV has it.</summary>
public sealed class OtherListsTests : IDisposable
{
    private readonly DatabaseFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    // The release of a distribution, however it is said.
    [InlineData("pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12", "Debian:12", "curl", "introduced 0, fixed 7.88.1-10+deb12u1", true)]
    [InlineData("pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12.5", "Debian:12", "curl", "introduced 0, fixed 7.88.1-10", false)]
    [InlineData("pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=bookworm", "Debian:12", "curl", "introduced 0", true)]
    [InlineData("pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-bookworm", "Debian:12", "curl", "introduced 0", true)]
    [InlineData("pkg:deb/debian/curl@7.88.1-10?os_distro=bookworm&os_name=debian&os_version=12", "Debian:12", "curl", "introduced 0", true)]
    [InlineData("pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=debian-12", "Debian:11", "curl", "introduced 0", false)]
    [InlineData("pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?arch=amd64&distro=ubuntu-22.04", "Ubuntu:22.04:LTS", "curl", "introduced 0, fixed 7.81.0-1ubuntu1.16", true)]
    [InlineData("pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?arch=amd64&distro=jammy", "Ubuntu:22.04:LTS", "curl", "introduced 0, fixed 7.81.0-1ubuntu1.16", true)]
    [InlineData("pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?arch=amd64&distro=ubuntu-22.04", "Ubuntu:Pro:22.04:LTS", "curl", "introduced 0", false)]
    [InlineData("pkg:apk/alpine/curl@8.5.0-r0?arch=x86_64&distro=alpine-3.19.1", "Alpine:v3.19", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:apk/alpine/curl@8.5.0-r0?arch=x86_64&distro=3.19.1", "Alpine:v3.19", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:apk/alpine/curl@8.5.0-r0?arch=x86_64&distro=v3.19", "Alpine:v3.19", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:apk/wolfi/curl@8.5.0-r0?arch=x86_64&distro=wolfi-20230201", "Wolfi", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:apk/wolfi/curl@8.5.0-r0?arch=x86_64", "Wolfi", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:apk/chainguard/curl@8.5.0-r0?arch=x86_64", "Chainguard", "curl", "introduced 0, fixed 8.6.0-r0", true)]
    [InlineData("pkg:rpm/almalinux/bash@5.1.8-6.el9?arch=x86_64&distro=almalinux-9.3", "AlmaLinux:9", "bash", "introduced 0, fixed 5.1.8-9.el9", true)]
    [InlineData("pkg:rpm/alma/bash@5.1.8-6.el9?arch=x86_64&distro=alma-9.3", "AlmaLinux:9", "bash", "introduced 0, fixed 5.1.8-9.el9", true)]
    [InlineData("pkg:rpm/rocky/bash@5.1.8-6.el9?arch=x86_64&distro=rocky-9.3", "Rocky Linux:9", "bash", "introduced 0, fixed 0:5.1.8-9.el9", true)]
    [InlineData("pkg:rpm/redhat/bash@5.1.8-6.el9?arch=x86_64&distro=redhat-9.3", "Red Hat:enterprise_linux:9::baseos", "bash", "introduced 0, fixed 0:5.1.8-9.el9", true)]
    [InlineData("pkg:rpm/mariner/bash@5.1.8-1.cm2?arch=x86_64&distro=mariner-2.0.20240101", "Azure Linux:2", "bash", "introduced 0, fixed 0:5.1.8-9.cm2", true)]
    // Epochs stand apart in package URLs of rpm.
    [InlineData("pkg:rpm/almalinux/openssl-libs@3.0.7-24.el9?arch=x86_64&epoch=1&distro=almalinux-9.3", "AlmaLinux:9", "openssl-libs", "introduced 0, fixed 1:3.0.7-25.el9_3", true)]
    [InlineData("pkg:rpm/almalinux/openssl-libs@3.0.7-25.el9_3?arch=x86_64&epoch=1&distro=almalinux-9.3", "AlmaLinux:9", "openssl-libs", "introduced 0, fixed 1:3.0.7-25.el9_3", false)]
    [InlineData("pkg:rpm/rocky/openssl-libs@3.0.7-24.el9?arch=x86_64&epoch=1&upstream=openssl-3.0.7-24.el9.src.rpm&distro=rocky-9.3", "Rocky Linux:9", "openssl", "introduced 0, fixed 1:3.0.7-25.el9_3", true)]
    [InlineData("pkg:deb/debian/shadow@1%3A4.13%2Bdfsg1-1?distro=debian-12", "Debian:12", "shadow", "introduced 0, fixed 1:4.13+dfsg1-2", true)]
    [InlineData("pkg:deb/debian/shadow@4.13%2Bdfsg1-1?epoch=1&distro=debian-12", "Debian:12", "shadow", "introduced 0, fixed 1:4.13+dfsg1-2", true)]
    // The source package.
    [InlineData("pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&upstream=openssl&distro=debian-12", "Debian:12", "openssl", "introduced 0, fixed 3.0.15-1", true)]
    [InlineData("pkg:deb/debian/libgcc-s1@12.2.0-14?arch=amd64&upstream=gcc-12&distro=debian-12", "Debian:12", "gcc-12", "introduced 0", true)]
    [InlineData("pkg:deb/debian/libacl1@2.3.1-3%2Bb1?upstream=acl%402.3.1-3&distro=debian-12", "Debian:12", "acl", "introduced 0, fixed 2.3.1-3+b1", true)]
    [InlineData("pkg:apk/alpine/libcrypto3@3.1.4-r0?arch=x86_64&upstream=openssl&distro=alpine-3.18.4", "Alpine:v3.18", "openssl", "introduced 0, fixed 3.1.4-r1", true)]
    // Languages.
    [InlineData("pkg:npm/%40angular/core@10.0.0", "npm", "@angular/core", "introduced 0, fixed 10.2.5", true)]
    [InlineData("pkg:npm/@angular/core@10.0.0", "npm", "@angular/core", "introduced 0, fixed 10.2.5", true)]
    [InlineData("pkg:npm/core@10.0.0", "npm", "@angular/core", "introduced 0", false)]
    [InlineData("pkg:pypi/Jinja2@2.11.2", "PyPI", "jinja2", "introduced 0, fixed 2.11.3", true)]
    [InlineData("pkg:pypi/zope.interface@5.0", "PyPI", "zope-interface", "introduced 0, fixed 5.1", true)]
    [InlineData("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar", "Maven", "org.apache.logging.log4j:log4j-core", "introduced 2.0-beta9, fixed 2.15.0", true)]
    [InlineData("pkg:maven/org.apache.logging.log4j/log4j-core@2.0-beta8", "Maven", "org.apache.logging.log4j:log4j-core", "introduced 2.0-beta9, fixed 2.15.0", false)]
    [InlineData("pkg:golang/stdlib@1.21.0", "Go", "stdlib", "introduced 0, fixed 1.20.8, introduced 1.21.0-0, fixed 1.21.1", true)]
    [InlineData("pkg:golang/stdlib@v1.20.8", "Go", "stdlib", "introduced 0, fixed 1.20.8, introduced 1.21.0-0, fixed 1.21.1", false)]
    [InlineData("pkg:golang/stdlib@go1.21rc2", "Go", "stdlib", "introduced 1.21.0-0, fixed 1.21.1", true)]
    [InlineData("pkg:golang/golang.org/x/net@v0.0.0-20220127200216-cd36cc0744dd#http2", "Go", "golang.org/x/net", "introduced 0, fixed 0.17.0", true)]
    [InlineData("pkg:golang/github.com/docker/docker@v24.0.0%2Bincompatible", "Go", "github.com/docker/docker", "introduced 0, fixed 24.0.7+incompatible", true)]
    [InlineData("pkg:cargo/openssl@0.10.54", "crates.io", "openssl", "introduced 0.9.0, fixed 0.10.55", true)]
    [InlineData("pkg:composer/Symfony/http-kernel@v4.4.0", "Packagist", "symfony/http-kernel", "introduced 0, fixed 4.4.13", true)]
    [InlineData("pkg:nuget/newtonsoft.json@12.0.3", "NuGet", "Newtonsoft.Json", "introduced 0, fixed 13.0.1", true)]
    [InlineData("pkg:gem/nokogiri@1.13.9?platform=x86_64-linux", "RubyGems", "nokogiri", "introduced 0, fixed 1.13.10", true)]
    [InlineData("pkg:hex/plug@1.3.1", "Hex", "plug", "introduced 0, last_affected 1.3.1", true)]
    [InlineData("pkg:hex/plug@1.3.2", "Hex", "plug", "introduced 0, last_affected 1.3.1", false)]
    [InlineData("pkg:pub/http@0.13.2", "Pub", "http", "introduced 0, fixed 0.13.3", true)]
    [InlineData("pkg:swift/github.com/apple/swift-nio@2.29.0", "SwiftURL", "github.com/apple/swift-nio", "introduced 0, fixed 2.29.1", true)]
    [InlineData("pkg:conan/openssl@1.1.1k", "ConanCenter", "openssl", "introduced 0, fixed 1.1.1l", true)]
    [InlineData("pkg:cran/readxl@1.0.0", "CRAN", "readxl", "introduced 0, fixed 1.1.0", true)]
    [InlineData("pkg:github/tj-actions/changed-files@v44", "GitHub Actions", "tj-actions/changed-files", "introduced 0, fixed 46.0.1", true)]
    [InlineData("pkg:bitnami/nginx@1.24.0-3?arch=amd64&distro=debian-12", "Bitnami", "nginx", "introduced 0, fixed 1.25.3", true)]
    public async Task A_package_is_judged_as_the_schema_of_OSV_says(string purl, string ecosystem, string name, string events, bool affected)
    {
        // Another record of the ecosystem, so that there is data in any case.
        await _fixture.UpdateAsync(Advisory("X-1", name, events, ecosystem), Advisory("X-2", "something-else", "introduced 0", ecosystem));
        string[] expected = affected ? ["X-1"] : [];
        Found(CycloneDx(purl)).ShouldBe(expected);
        Found(Spdx(purl)).ShouldBe(expected);
    }

    [Fact]
    public async Task A_version_list_decides_where_there_is_no_range_and_commits_do_not()
    {
        var record = Advisory("X-1", "left", "introduced 0, fixed 1.0.0", "npm");
        record["affected"]![0]!["ranges"] = new JsonArray(new JsonObject
        {
            ["type"] = "GIT",
            ["repo"] = "https://example.org/left",
            ["events"] = new JsonArray(new JsonObject { ["introduced"] = "0" }),
        });
        record["affected"]![0]!["versions"] = new JsonArray("1.0.1", "1.0.3");
        await _fixture.UpdateAsync(record);
        Found(CycloneDx("pkg:npm/left@1.0.1")).ShouldBe(["X-1"]);
        Found(CycloneDx("pkg:npm/left@1.0.2")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_record_that_was_withdrawn_finds_nothing()
    {
        var record = Advisory("X-1", "left", "introduced 0", "npm");
        record["withdrawn"] = "2026-02-01T00:00:00Z";
        await _fixture.UpdateAsync(record, Advisory("X-2", "right", "introduced 0", "npm"));
        Found(CycloneDx("pkg:npm/left@1.0.1")).ShouldBeEmpty();
    }

    private string[] Found(string document)
    {
        var result = _fixture.Scan(SbomReader.Read(_fixture.Write("list.json", document)));
        result.State.ShouldBeOneOf(ScanState.Scanned, ScanState.NoDataForDistribution);
        return [.. result.Findings.Select(f => f.Id)];
    }

    private static string CycloneDx(string purl) => new JsonObject
    {
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = "1.6",
        ["components"] = new JsonArray(new JsonObject { ["type"] = "library", ["name"] = "whatever", ["version"] = "whatever", ["purl"] = purl }),
    }.ToJsonString(JsonSerializerOptions.Default);

    private static string Spdx(string purl) => new JsonObject
    {
        ["spdxVersion"] = "SPDX-2.3",
        ["packages"] = new JsonArray(new JsonObject
        {
            ["name"] = "whatever",
            ["versionInfo"] = "whatever",
            ["externalRefs"] = new JsonArray(new JsonObject { ["referenceCategory"] = "PACKAGE-MANAGER", ["referenceType"] = "purl", ["referenceLocator"] = purl }),
        }),
    }.ToJsonString(JsonSerializerOptions.Default);
}
