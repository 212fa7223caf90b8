using Strata.Packages.Formats;
using Strata.Testing;

namespace Strata.Packages.Tests.Formats;

/// <summary>Documents as other tools write them.</summary>
public sealed class OtherToolsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Trivy_says_the_source_in_properties_and_the_epoch_apart()
    {
        var package = Read("""
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "operating-system", "name": "debian", "version": "12.4"},
              {"type": "library", "name": "bsdutils", "version": "1:2.38.1-5+deb12u1",
               "purl": "pkg:deb/debian/bsdutils@2.38.1-5%2Bdeb12u1?arch=amd64&distro=debian-12.4&epoch=1",
               "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "util-linux"},
                 {"name": "aquasecurity:trivy:SrcVersion", "value": "2.38.1"}, {"name": "aquasecurity:trivy:SrcRelease", "value": "5+deb12u1"}]}]}
            """);
        (package.Name, package.Version).ShouldBe(("bsdutils", "1:2.38.1-5+deb12u1"));
        (package.SourceName, package.SourceVersion).ShouldBe(("util-linux", "2.38.1-5+deb12u1"));
    }

    [Fact]
    public void Trivy_says_the_epoch_of_a_source_too()
    {
        var package = Read("""
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "library", "name": "openssl-libs", "version": "1:1.1.1k-9.el8_7", "purl": "pkg:rpm/redhat/openssl-libs@1.1.1k-9.el8_7?arch=x86_64&distro=redhat-8.7&epoch=1",
               "properties": [{"name": "aquasecurity:trivy:SrcName", "value": "openssl"}, {"name": "aquasecurity:trivy:SrcEpoch", "value": "1"},
                 {"name": "aquasecurity:trivy:SrcVersion", "value": "1.1.1k"}, {"name": "aquasecurity:trivy:SrcRelease", "value": "9.el8_7"}]}]}
            """);
        (package.Version, package.SourceName, package.SourceVersion).ShouldBe(("1:1.1.1k-9.el8_7", "openssl", "1:1.1.1k-9.el8_7"));
    }

    [Fact]
    public void Trivy_says_the_source_in_a_sentence_of_SPDX()
    {
        var package = Read("""
            {"spdxVersion": "SPDX-2.3", "packages": [{"name": "libssl3", "versionInfo": "3.0.11-1~deb12u2", "sourceInfo": "built package from: openssl 3.0.11-1~deb12u2",
              "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12.4"}]}]}
            """);
        (package.SourceName, package.SourceVersion).ShouldBe(("openssl", "3.0.11-1~deb12u2"));
    }

    [Fact]
    public void Syft_says_the_source_in_the_package_URL()
    {
        var package = Read("""
            {"bomFormat": "CycloneDX", "specVersion": "1.6", "components": [
              {"type": "library", "name": "libssl3", "version": "3.0.11-1", "purl": "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64&distro=debian-12&upstream=openssl"}]}
            """);
        (package.SourceName, package.SourceVersion).ShouldBe(("openssl", "3.0.11-1"));
    }

    private Package Read(string document)
    {
        var path = Path.Combine(_folder.Path, "document.json");
        File.WriteAllText(path, document);
        return SbomReader.Read(path).Packages.ShouldHaveSingleItem();
    }
}
