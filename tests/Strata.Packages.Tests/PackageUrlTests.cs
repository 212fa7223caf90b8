using Strata.Packages.Distributions;
using Strata.Packages.Facts;

namespace Strata.Packages.Tests;

public sealed class PackageUrlTests
{
    [Theory]
    [InlineData("attr", "1:2.4.47-2+b1", "amd64", "debian", "12", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64&distro=debian-12")]
    [InlineData("libstdc++6", "12.2.0-14~deb12u1", "arm64", "debian", "12", "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14~deb12u1?arch=arm64&distro=debian-12")]
    [InlineData("curl", "7.81.0-1ubuntu1.15", "all", "ubuntu", "22.04", "pkg:deb/ubuntu/curl@7.81.0-1ubuntu1.15?arch=all&distro=ubuntu-22.04")]
    [InlineData("curl", "1", null, "debian", null, "pkg:deb/debian/curl@1?distro=debian")]
    [InlineData("Odd name", "1/2?a=b&c#d%é", "x y", "my/os", "1", "pkg:deb/my%2Fos/odd%20name@1%2F2%3Fa%3Db%26c%23d%25%C3%A9?arch=x%20y&distro=my%2Fos-1")]
    public void A_purl_is_canonical(string name, string version, string? architecture, string id, string? release, string purl) =>
        PackageUrl.Of(Fact(name, version, architecture), new Distribution { Id = id, VersionId = release }).ShouldBe(purl);

    [Fact]
    public void Without_a_distribution_the_vendor_of_the_format_stands_in() =>
        PackageUrl.Of(Fact("curl", "1", "amd64"), distribution: null).ShouldBe("pkg:deb/debian/curl@1?arch=amd64");

    [Fact]
    public void A_rolling_release_is_named_by_its_codename() =>
        PackageUrl.Of(Fact("curl", "1", null), new Distribution { Id = "debian", Codename = "sid" }).ShouldBe("pkg:deb/debian/curl@1?distro=debian-sid");

    [Theory]
    [InlineData("rhel", "9.4", "pkg:rpm/redhat/a@2-1?distro=rhel-9.4&epoch=1")]
    [InlineData("opensuse-leap", "15.6", "pkg:rpm/opensuse/a@2-1?distro=opensuse-leap-15.6&epoch=1")]
    [InlineData("fedora", "41", "pkg:rpm/fedora/a@2-1?distro=fedora-41&epoch=1")]
    public void The_vendor_of_an_rpm_is_not_always_the_id(string id, string release, string purl)
    {
        var fact = Fact("a", "1:2-1", null) with { Type = "rpm", Qualifiers = new Dictionary<string, string>(StringComparer.Ordinal) { ["epoch"] = "1" } };
        PackageUrl.Of(fact, new Distribution { Id = id, VersionId = release }).ShouldBe(purl);
    }

    private static PackageFact Fact(string name, string version, string? architecture) =>
        new() { Type = "deb", Name = name, Version = version, Architecture = architecture, Fingerprint = 0 };
}
