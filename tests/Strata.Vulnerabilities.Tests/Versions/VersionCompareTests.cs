using Strata.Vulnerabilities.Versions;

namespace Strata.Vulnerabilities.Tests.Versions;

public sealed class VersionCompareTests
{
    [Fact]
    public void Each_line_has_its_answer()
    {
        var output = new StringWriter { NewLine = "\n" };
        VersionCompare.Run("Debian:12", new StringReader("1\t2\n2\t1\n1\t1-0\nv1\t2\nno tab\n\n1\t\n"), output);
        output.ToString().ShouldBe("<\n>\n=\n?\n?\n?\n?\n");
    }

    [Theory]
    [InlineData("deb")]
    [InlineData("DEBIAN")]
    [InlineData("Ubuntu:22.04:LTS")]
    [InlineData("Red Hat:enterprise_linux:9::appstream")]
    [InlineData("Rocky Linux:9")]
    [InlineData("Alpine:v3.20")]
    [InlineData("crates.io")]
    [InlineData("GitHub Actions")]
    [InlineData("pypi")]
    [InlineData("Packagist")]
    public void An_ecosystem_is_found_by_the_names_people_use(string name) => VersionOrders.TryFor(name).ShouldNotBeNull();

    [Fact]
    public void An_unknown_ecosystem_is_named()
    {
        VersionOrders.TryFor("cobol").ShouldBeNull();
        Should.Throw<UnknownEcosystemException>(() => VersionCompare.Run("cobol", new StringReader("1\t2"), new StringWriter()))
            .Message.ShouldStartWith("no version order is known for 'cobol'; known are deb, rpm, apk, npm");
    }
}
