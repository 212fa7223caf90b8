using Strata.Packages.Catalogers.Chisel;
using Strata.Packages.Ownership;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

/// <summary>The small databases: opkg, distroless lists, manifests of rpm and of chisel.</summary>
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
    [InlineData("var/lib/rpm/Packages")]
    [InlineData("usr/lib/apk/db/installed")]
    [InlineData("usr/share/doc/curl/copyright")]
    [InlineData("var/lib/chisel/manifest.wall")]
    public void What_an_OS_database_says_does_not_belong_to_its_owner(string path) => OwnedPath.Hash(path).ShouldBeNull();

    [Fact]
    public void A_manifest_of_chisel_is_a_database()
    {
        const string Manifest = """
            {"jsonwall":"1.0","schema":"1.0","count":5}
            {"kind":"content","slice":"openssl_bins","path":"/usr/bin/openssl"}
            {"kind":"package","name":"base-files","version":"13ubuntu10.1","sha256":"00","arch":"amd64"}
            {"kind":"package","name":"openssl","version":"3.0.13-0ubuntu3","sha256":"00","arch":"amd64"}
            {"kind":"package","name":"broken"}
            {"kind":"path","path":"/usr/bin/openssl","mode":"0755","slices":["openssl_bins"],"sha256":"00","size":1}
            {"kind":"slice","name":"openssl_bins"}
            [
            """;
        var (packages, faults) = ReadChisel(Compressed(Manifest));
        packages.Select(p => $"{p.Type} {p.Name} {p.Version} {p.Architecture}").ShouldBe(["deb base-files 13ubuntu10.1 amd64", "deb openssl 3.0.13-0ubuntu3 amd64"]);
        packages[1].Owns.ShouldBe([OwnedPath.Hash("usr/bin/openssl")!.Value]);
        faults.Select(f => f.Reason).ShouldBe(["line 5 is no package", "line 8 is no JSON object as chisel writes them"]);
        var cut = Compressed(Manifest);
        ReadChisel(cut[..^4]).Faults.ShouldNotBeEmpty();
        ReadChisel([1, 2, 3]).Packages.ShouldBeEmpty();
    }

    private static byte[] Compressed(string text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(System.Text.Encoding.UTF8.GetBytes(text)).ToArray();
    }

    private static (IReadOnlyList<Facts.PackageFact> Packages, IReadOnlyList<CatalogFault> Faults) ReadChisel(byte[] bytes)
    {
        using var reader = new ChiselReader("var/lib/chisel/manifest.wall");
        reader.Add(bytes);
        return (reader.Finish()?.Packages ?? [], reader.Faults);
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
