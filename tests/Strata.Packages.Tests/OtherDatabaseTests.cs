using Strata.Packages.Ownership;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

/// <summary>The small databases: opkg, distroless lists, manifests of rpm.</summary>
public sealed class OtherDatabaseTests
{
    [Theory]
    [InlineData("usr/lib/opkg/status")]
    [InlineData("var/lib/opkg/status")]
    public void Packages_of_opkg_are_found(string path)
    {
        const string Text = "Package: busybox\nVersion: 1.36.1-1\nDepends: libc\nStatus: install user installed\nArchitecture: aarch64_cortex-a53\nInstalled-Time: 1700000000\n\n"
            + "Package: gone\nVersion: 1\nStatus: deinstall user not-installed\n\n";
        var image = Image(Catalog(Layers.Text("etc/os-release", "ID=\"openwrt\"\nVERSION_ID=\"23.05.2\"\n"), Layers.Text(path, Text)));
        image.Packages.ShouldHaveSingleItem().Purl.ShouldBe("pkg:opkg/openwrt/busybox@1.36.1-1?arch=aarch64_cortex-a53&distro=openwrt-23.05.2");
        image.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void Lists_beside_distroless_stanzas_say_what_a_package_owns()
    {
        const string List = "d41d8cd98f00b204e9800998ecf8427e  usr/bin/openssl\nd41d8cd98f00b204e9800998ecf8427e  usr/share/doc/openssl/copyright\nshort\n";
        var document = Catalog(Text("var/lib/dpkg/status.d/openssl.md5sums", List)).Documents.ShouldHaveSingleItem();
        (document.Owner, document.Packages.Count).ShouldBe(("openssl", 0));
        document.Owns.ShouldBe([OwnedPath.Hash("usr/bin/openssl")!.Value]);
    }

    [Fact]
    public void A_manifest_of_rpm_is_a_database()
    {
        const string Manifest = "filesystem\t1.1-14.cm2\t1680000000\t1670000000\tMicrosoft Corporation\t(none)\t7596\tx86_64\t0\tfilesystem-1.1-14.cm2.src.rpm\n"
            + "openssl-libs\t1.1.1k-22.cm2\t1680000000\t1670000000\tMicrosoft Corporation\t1\t7596\tx86_64\t1\topenssl-1.1.1k-22.cm2.src.rpm\n"
            + "gpg-pubkey\t1-1\t0\t0\t(none)\t(none)\t0\t(none)\t0\t(none)\nbroken\t1-1\n";
        var image = Image(Catalog(Text("etc/os-release", "ID=mariner\nVERSION_ID=\"2.0\"\n"), Text("var/lib/rpmmanifest/container-manifest-2", Manifest)));
        image.Packages.Select(p => p.Purl).ShouldBe([
            "pkg:rpm/mariner/filesystem@1.1-14.cm2?arch=x86_64&distro=mariner-2.0&upstream=filesystem-1.1-14.cm2.src.rpm",
            "pkg:rpm/mariner/openssl-libs@1.1.1k-22.cm2?arch=x86_64&distro=mariner-2.0&epoch=1&upstream=openssl-1.1.1k-22.cm2.src.rpm",
        ]);
        (image.Packages[1].Version, image.Packages[1].SourceName, image.Packages[1].SourceVersion).ShouldBe(("1:1.1.1k-22.cm2", "openssl", "1:1.1.1k-22.cm2"));
        image.Faults.ShouldHaveSingleItem().Reason.ShouldBe("line 4 is no package");
    }

    [Theory]
    [InlineData("var/lib/rpm", "../../usr/lib/sysimage/rpm", 0)]
    [InlineData("var/lib/rpm", "/usr/share/rpm", 0)]
    [InlineData("var/lib/rpm", "/elsewhere", 1)]
    [InlineData("usr/lib/sysimage/rpm", "../../../../../usr/share/rpm", 0)]
    [InlineData("lib", "usr/lib", 0)]
    [InlineData("var", "private/var", 1)]
    public void A_link_from_one_place_of_a_database_to_another_is_no_fault(string path, string target, int faults) =>
        Catalog(None(Link(path, target))).Faults.Count.ShouldBe(faults);
}
