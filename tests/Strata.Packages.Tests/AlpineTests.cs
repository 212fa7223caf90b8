using System.Text;
using CsCheck;
using Strata.Packages.Catalogers.Alpine;
using Strata.Packages.Ownership;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class AlpineTests
{
    private const string Installed = "lib/apk/db/installed";

    /// <summary>As Alpine 3.19 has it, with the checksums shortened.</summary>
    private const string Database = """
        C:Q1aaa=
        P:musl-utils
        V:1.2.4_git20230717-r4
        A:x86_64
        S:36697
        I:135168
        T:the musl c library (libc) implementation
        U:https://musl.libc.org/
        L:MIT AND BSD-2-Clause AND GPL-2.0-or-later
        o:musl
        m:Somebody <somebody@example.org>
        t:1690000000
        c:ca7f2ab5e88794e4e654b40776f8a92256f50639
        D:scanelf so:libc.musl-x86_64.so.1
        p:cmd:getconf=1.2.4_git20230717-r4 cmd:ldd=1.2.4_git20230717-r4
        r:libiconv
        F:sbin
        R:ldconfig
        a:0:0:755
        Z:Q1bbb=
        F:usr
        F:usr/bin
        R:ldd
        a:0:0:755
        Z:Q1ccc=
        F:usr/share/doc/musl
        R:COPYRIGHT

        P:.build-deps
        V:20240101.120000
        A:noarch
        D:gcc make


        P:busybox
        V:1.36.1-r15
        A:x86_64
        L:GPL-2.0-only
        o:busybox
        F:
        R:init
        """;

    [Fact]
    public void Packages_have_all_that_the_database_says()
    {
        var image = Image(Catalog(Text("etc/os-release", "ID=alpine\nVERSION_ID=3.19.1\n")), Catalog(Text(Installed, Database)));
        image.Faults.ShouldBeEmpty();
        image.Packages.Select(p => p.Purl).ShouldBe([
            "pkg:apk/alpine/.build-deps@20240101.120000?arch=noarch&distro=alpine-3.19.1",
            "pkg:apk/alpine/busybox@1.36.1-r15?arch=x86_64&distro=alpine-3.19.1",
            "pkg:apk/alpine/musl-utils@1.2.4_git20230717-r4?arch=x86_64&distro=alpine-3.19.1&upstream=musl",
        ]);
        var musl = image.Packages[2];
        (musl.Name, musl.Version, musl.Architecture, musl.SourceName, musl.SourceVersion).ShouldBe(("musl-utils", "1.2.4_git20230717-r4", "x86_64", "musl", "1.2.4_git20230717-r4"));
        musl.Licenses.ShouldBe(["MIT AND BSD-2-Clause AND GPL-2.0-or-later"]);
        musl.Location.ShouldBe(Installed);
    }

    [Fact]
    public void Programs_of_a_package_are_its_own() =>
        Catalog(Text(Installed, Database)).Documents.ShouldHaveSingleItem().Packages[0].Owns.ShouldBe([OwnedPath.Hash("sbin/ldconfig")!.Value, OwnedPath.Hash("usr/bin/ldd")!.Value]);

    [Fact]
    public void The_database_may_be_below_usr_with_a_link_to_it()
    {
        var image = Image(Catalog(Text("usr/" + Installed, Database), None(Link("lib", "usr/lib"))));
        image.Packages.Count.ShouldBe(3);
        image.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void A_package_without_name_or_version_is_a_fault_and_the_others_are_read()
    {
        var catalog = Catalog(Text(Installed, "P:a\n\nV:1\n\nnonsense\nP:b\nV:2\n\nP:c\nV:\u0001\n\nP:d\r\nV:3\r\n\r\n"));
        catalog.Documents.ShouldHaveSingleItem().Packages.Select(p => $"{p.Name} {p.Version}").ShouldBe(["b 2", "d 3"]);
        catalog.Faults.Select(f => f.Reason).ShouldBe([
            "the package at line 1 has no version (V)", "the package at line 3 has no name (P)", "line 5 is no field",
            "the package at line 9 has a field with control characters or beyond measure",
        ]);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public void A_line_that_matters_has_a_limit(int over, int faults)
    {
        var path = "R:".PadRight(ApkReader.LongestLine + over, 'x');
        var catalog = Catalog(Text(Installed, $"P:a\nV:1\nD:{path}{path}\nF:usr/bin\n{path}\n"));
        catalog.Documents.ShouldHaveSingleItem().Packages.ShouldHaveSingleItem();
        catalog.Faults.Count.ShouldBe(faults);
    }

    [Fact]
    public void How_a_database_is_cut_into_pieces_does_not_matter() => Gen.Select(Gen.Int[0, Database.Length], Gen.Int[1, 50]).Sample(
        (length, size) =>
        {
            var (whole, cut) = (Read(Database[..length], int.MaxValue), Read(Database[..length], size));
            cut.Packages.ShouldBe(whole.Packages);
            cut.Faults.ShouldBe(whole.Faults);
        },
        iter: 500);

    [Fact]
    public void No_bytes_make_the_reader_throw() => Gen.Byte.Array[0, 300].Sample(bytes => Read(Encoding.Latin1.GetString(bytes), 11), iter: 3_000);

    private static (string[] Packages, IReadOnlyList<CatalogFault> Faults) Read(string text, int size)
    {
        using var reader = new ApkReader(Installed);
        foreach (var piece in Encoding.UTF8.GetBytes(text).Chunk(size)) reader.Add(piece);
        return ([.. reader.Finish()!.Packages.Select(p => $"{p.Name} {p.Version} {p.Fingerprint} {string.Join(' ', p.Owns ?? [])}")], reader.Faults);
    }
}
