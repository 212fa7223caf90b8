using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class DebianLicenseTests
{
    private const string Status = "var/lib/dpkg/status";

    private const string MachineReadable = """
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: x

        Files: *
        Copyright: somebody
        License: GPL-2+ or Artistic
         On Debian systems, see /usr/share/common-licenses/GPL-2.

        Files: lib/*
        Copyright: somebody
        license:   Expat

        License: GPL-2+ or Artistic
         again
        """;

    private const string Prose = """
        This package was put together by somebody.
         License: see below

        On Debian systems, the complete text of the GNU General Public License
        can be found in `/usr/share/common-licenses/GPL-2'; the Lesser one is in
        /usr/share/common-licenses/LGPL-2.1. (/usr/share/common-licenses/Apache-2.0)
        Once more /usr/share/common-licenses/GPL-2.
        """;

    [Theory]
    [InlineData(MachineReadable, "GPL-2+ or Artistic, Expat")]
    [InlineData(Prose, "GPL-2, LGPL-2.1, Apache-2.0")]
    [InlineData("Format: x\nFiles: *\nno licence, but /usr/share/common-licenses/BSD\n", "BSD")]
    [InlineData("\n\nFormat-Specification: x\r\nLicense: MIT\r\n", "MIT")]
    [InlineData("nothing at all", "")]
    public void Licences_are_those_of_the_copyright_file(string text, string licenses) =>
        Licenses(Text(Status, Stanza("curl", "1")), Text("usr/share/doc/curl/copyright", text)).ShouldBe(licenses);

    [Fact]
    public void A_file_elsewhere_says_nothing() =>
        Licenses(Text(Status, Stanza("curl", "1")), Text("usr/share/doc/curl/more/copyright", Prose), Text("usr/share/doc/copyright", Prose), Text("opt/usr/share/doc/curl/copyright", Prose)).ShouldBe("");

    [Fact]
    public void A_package_without_a_file_has_the_licences_of_one_of_the_same_source() =>
        Licenses(Text(Status, Stanza("curl", "1") + Stanza("libcurl4", "1", "Source: curl\n")), Text("usr/share/doc/libcurl4/copyright", Prose)).ShouldBe("GPL-2, LGPL-2.1, Apache-2.0");

    [Fact]
    public void The_files_of_one_layer_tell_of_the_packages_of_another()
    {
        var image = Image(
            Catalog(Text("usr/share/doc/curl/copyright", Prose), Text("usr/share/doc/gone/copyright", Prose)),
            Catalog(Text(Status, Stanza("curl", "1") + Stanza("gone", "1")), None(Gone("usr/share/doc/gone"))));
        image.Packages.Select(p => p.Licenses.Count).ShouldBe([3, 0]);
    }

    [Fact]
    public void An_rpm_of_the_same_name_is_another_package()
    {
        var manifest = Text("var/lib/rpmmanifest/container-manifest-2", "curl\t1-1\t0\t0\tv\t(none)\t1\tx86_64\t0\tcurl-1-1.src.rpm\n");
        Licenses(manifest, Text("usr/share/doc/curl/copyright", Prose)).ShouldBe("");
    }

    private static string Licenses(params (Strata.Layers.LayerEntry, string)[] entries) => string.Join(", ", Image(Catalog(entries)).Packages[0].Licenses);
}
