using static Strata.Packages.Tests.Languages.Documents;

namespace Strata.Packages.Tests.Languages;

public sealed class SbomTests
{
    private const string Spdx = """
        {"spdxVersion": "SPDX-2.3", "packages": [
          {"name": "image", "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:oci/image@sha256:0"}]},
          {"name": "redis", "versionInfo": "7.2.1", "licenseConcluded": "NOASSERTION", "licenseDeclared": "BSD-3-Clause",
           "externalRefs": [{"referenceType": "cpe23Type", "referenceLocator": "cpe:2.3:*"}, {"referenceType": "purl", "referenceLocator": "pkg:bitnami/redis@7.2.1-0?arch=amd64"}]},
          {"name": "no purl", "versionInfo": "1"}]}
        """;

    [Fact]
    public void CycloneDX_has_components_in_components() => Purls("app/bom.json", """
        {"bomFormat": "CycloneDX", "specVersion": "1.5", "metadata": {"component": {"purl": "pkg:npm/app@1"}},
         "components": [
          {"type": "library", "name": "a", "version": "1.0.0", "purl": "pkg:npm/%40s/a@1.0.0", "licenses": [{"license": {"id": "MIT"}}],
           "components": [{"type": "library", "name": "b", "version": "2", "purl": "pkg:maven/g.h/b@2?type=jar"}]},
          {"type": "file", "name": "c"}]}
        """).ShouldBe(["pkg:maven/g.h/b@2?type=jar", "pkg:npm/%40s/a@1.0.0"]);

    [Fact]
    public void Bitnami_s_SPDX_is_read()
    {
        var package = Single("opt/bitnami/redis/.spdx-redis.spdx", Spdx);
        (package.Type, package.Name, package.Version, package.Architecture).ShouldBe(("bitnami", "redis", "7.2.1-0", "amd64"));
        package.Licenses.ShouldBe(["BSD-3-Clause"]);
        PackageUrl.Of(package, distribution: null).ShouldBe("pkg:bitnami/redis@7.2.1-0?arch=amd64");
    }

    [Fact]
    public void SPDX_may_be_tags_and_values() => Purls("x.spdx", """
        SPDXVersion: SPDX-2.2
        PackageName: a
        PackageVersion: 1.0
        ExternalRef: PACKAGE-MANAGER purl pkg:pypi/a@1.0
        ExternalRef: SECURITY cpe23Type cpe:2.3:a
        """).ShouldBe(["pkg:pypi/a@1.0"]);

    [Theory]
    [InlineData("pkg:npm/%40s/a@1.0.0", "@s/a 1.0.0")]
    [InlineData("pkg:npm/@s/a@1.0.0", "@s/a 1.0.0")]
    [InlineData("pkg:npm/@s/a", "@s/a 9")]
    [InlineData("pkg:maven/org.x/y@1", "org.x:y 1")]
    [InlineData("pkg:golang/github.com/x/y@v1.0.0#sub", "github.com/x/y v1.0.0")]
    [InlineData("pkg:deb/debian/curl@1%2B2?arch=amd64", "curl 1+2")]
    [InlineData("pkg:rpm/fedora/curl@7-1?epoch=2", "curl 2:7-1")]
    public void A_purl_is_taken_apart_as_cataloguers_write_names(string purl, string expected)
    {
        var package = Single("x.cdx.json", $$"""{"bomFormat": "CycloneDX", "components": [{"purl": "{{purl}}", "version": "9"}]}""");
        $"{package.Name} {package.Version}".ShouldBe(expected);
    }

    [Fact]
    public void What_is_no_purl_is_said() =>
        Read("x.cdx.json", "{\"bomFormat\": \"CycloneDX\", \"components\": [{\"type\": \"library\", \"name\": \"a\", \"purl\": \"npm/a\", \"version\": \"9\"}]}"u8.ToArray())
            .Faults.ShouldHaveSingleItem().Reason.ShouldContain("a: ");

    [Fact]
    public void What_a_cataloguer_found_counts_before_what_a_document_tells()
    {
        const string Told = """{"bomFormat": "CycloneDX", "components": [{"purl": "pkg:npm/a@1.0.0", "version": "1.0.0"}]}""";
        var image = Layers.Image(Layers.Catalog(Layers.Text("a.cdx.json", Told), Layers.Text("b/package.json", """{"name": "a", "version": "1.0.0"}""")));
        image.Packages.ShouldHaveSingleItem().Location.ShouldBe("b/package.json");
    }
}
