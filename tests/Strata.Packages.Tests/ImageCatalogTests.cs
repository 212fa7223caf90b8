using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class ImageCatalogTests
{
    private const string Status = "var/lib/dpkg/status";
    private const string OsRelease = "ID=debian\nVERSION_ID=\"12\"\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_CODENAME=bookworm\n";

    [Fact]
    public void A_package_knows_the_layer_that_brought_it()
    {
        var image = Image(
            Catalog(Text(Status, Stanza("bash", "5.2"))),
            Catalog(Text("opt/other", "x")),
            Catalog(Text(Status, Stanza("bash", "5.2") + Stanza("curl", "7.88"))));
        var (bash, curl) = (image.Packages[0], image.Packages[1]);
        bash.IntroducedBy.ShouldBe(new LayerOrigin { Layer = 0, DiffId = DiffId(0), Instruction = "RUN step 0" });
        bash.LastTouchedBy.ShouldBe(bash.IntroducedBy);
        curl.IntroducedBy!.Layer.ShouldBe(2);
    }

    [Fact]
    public void An_upgrade_introduces_the_new_version()
    {
        var image = Image(
            Catalog(Text(Status, Stanza("curl", "7.88-1"))),
            Catalog(Text(Status, Stanza("curl", "7.88-2"))));
        image.Packages.ShouldHaveSingleItem().IntroducedBy!.Layer.ShouldBe(1);
    }

    [Fact]
    public void A_changed_stanza_of_the_same_version_is_a_touch()
    {
        var image = Image(
            Catalog(Text(Status, Stanza("curl", "7.88"))),
            Catalog(Text(Status, Stanza("curl", "7.88", status: "hold ok installed"))),
            Catalog(Text(Status, Stanza("curl", "7.88", status: "hold ok installed") + Stanza("x", "1"))));
        image.Packages[0].IntroducedBy!.Layer.ShouldBe(0);
        image.Packages[0].LastTouchedBy!.Layer.ShouldBe(1);
    }

    [Fact]
    public void A_package_that_went_and_came_back_is_introduced_by_the_return()
    {
        var with = Catalog(Text(Status, Stanza("curl", "7.88")));
        var without = Catalog(Text(Status, Stanza("curl", "7.88", status: "deinstall ok config-files")));
        Image(with, without).Packages.ShouldBeEmpty();
        Image(with, without, with).Packages.ShouldHaveSingleItem().IntroducedBy!.Layer.ShouldBe(2);
    }

    [Theory]
    [InlineData("var/lib/dpkg/status")]
    [InlineData("var/lib/dpkg")]
    [InlineData("var")]
    public void A_whiteout_of_the_database_or_a_folder_above_removes(string path) =>
        Image(Catalog(Text(Status, Stanza("curl", "1"))), Catalog(None(Gone(path)))).Packages.ShouldBeEmpty();

    [Theory]
    [InlineData("var/lib/dpkg")]
    [InlineData("var")]
    [InlineData("")]
    public void An_opaque_folder_removes_what_was_in_it(string path) =>
        Image(Catalog(Text(Status, Stanza("curl", "1"))), Catalog(None(Emptied(path)))).Packages.ShouldBeEmpty();

    [Theory]
    [InlineData("var/lib/dpkg/status-old")]
    [InlineData("var/lib/dpk")]
    [InlineData("usr")]
    public void A_whiteout_of_something_else_removes_nothing(string path) =>
        Image(Catalog(Text(Status, Stanza("curl", "1"))), Catalog(None(Gone(path)))).Packages.Count.ShouldBe(1);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_whiteout_hides_lower_layers_and_not_its_own(bool whiteoutFirst)
    {
        var file = Text(Status, Stanza("curl", "2"));
        var gone = None(Emptied("var/lib"));
        var top = whiteoutFirst ? Catalog(gone, file) : Catalog(file, gone);
        Image(Catalog(Text("var/lib/dpkg/status.d/x", "Package: x\nVersion: 1\n")), top).Packages.ShouldHaveSingleItem().Name.ShouldBe("curl");
    }

    [Fact]
    public void A_link_in_place_of_the_folder_hides_it_and_is_a_fault()
    {
        var image = Image(Catalog(Text(Status, Stanza("curl", "1"))), Catalog(None(Link("var/lib/dpkg", "/elsewhere"))));
        image.Packages.ShouldBeEmpty();
        image.Faults.ShouldHaveSingleItem().DiffId.ShouldBe(DiffId(1));
    }

    [Fact]
    public void Status_d_files_are_replaced_one_by_one()
    {
        var image = Image(
            Catalog(Text("var/lib/dpkg/status.d/a", "Package: a\nVersion: 1\n"), Text("var/lib/dpkg/status.d/b", "Package: b\nVersion: 1\n")),
            Catalog(Text("var/lib/dpkg/status.d/b", "Package: b\nVersion: 2\n")),
            Catalog(None(Gone("var/lib/dpkg/status.d/a"))));
        var b = image.Packages.ShouldHaveSingleItem();
        (b.Name, b.Version, b.IntroducedBy!.Layer, b.Location).ShouldBe(("b", "2", 1, "var/lib/dpkg/status.d/b"));
    }

    [Fact]
    public void A_fault_goes_when_its_file_is_replaced()
    {
        var broken = Catalog(Text(Status, "nonsense\n\n"));
        Image(broken).Faults.Count.ShouldBeGreaterThan(0);
        Image(broken, Catalog(Text(Status, Stanza("curl", "1")))).Faults.ShouldBeEmpty();
    }

    [Fact]
    public void The_distribution_is_found_through_the_usual_link()
    {
        var image = Image(
            Catalog(Text("usr/lib/os-release", OsRelease), None(Link("etc/os-release", "../usr/lib/os-release"))),
            Catalog(Text(Status, Stanza("g++", "4:12.2.0-3~x"))));
        image.Distribution!.PrettyName.ShouldBe("Debian GNU/Linux 12 (bookworm)");
        (image.Distribution.Id, image.Distribution.VersionId, image.Distribution.Codename).ShouldBe(("debian", "12", "bookworm"));
        image.Packages.ShouldHaveSingleItem().Purl.ShouldBe("pkg:deb/debian/g%2B%2B@4:12.2.0-3~x?arch=amd64&distro=debian-12");
        image.Faults.ShouldBeEmpty();
    }

    [Fact]
    public void The_file_below_etc_wins()
    {
        var image = Image(Catalog(Text("usr/lib/os-release", OsRelease), Text("etc/os-release", "ID='ubuntu'\nVERSION_ID=22.04\n")));
        (image.Distribution!.Id, image.Distribution.VersionId).ShouldBe(("ubuntu", "22.04"));
    }

    [Fact]
    public void A_hard_link_to_a_document_of_the_layer_is_the_document()
    {
        var link = Plain("etc/os-release") with { Type = Strata.Layers.EntryType.Hardlink, LinkTarget = "usr/lib/os-release" };
        Image(Catalog(Text("usr/lib/os-release", OsRelease), None(link))).Distribution!.Id.ShouldBe("debian");
    }

    [Fact]
    public void A_package_in_several_places_is_one_that_names_them_all()
    {
        const string Told = """{"name": "a", "version": "1.0.0"}""";
        var image = Layers.Image(
            Layers.Catalog(Layers.Text("app/node_modules/a/package.json", Told), Layers.Text("app/node_modules/b/node_modules/a/package.json", Told)),
            Layers.Catalog(Layers.Text("other/node_modules/a/package.json", Told), Layers.Text("x/node_modules/a/package.json", """{"name": "a", "version": "2.0.0"}""")));
        var one = image.Packages[0];
        (one.Version, one.IntroducedBy!.Layer).ShouldBe(("1.0.0", 0));
        one.AlsoAt.Prepend(one.Location).ShouldBe(
            ["app/node_modules/a/package.json", "app/node_modules/b/node_modules/a/package.json", "other/node_modules/a/package.json"], ignoreOrder: true);
        (image.Packages[1].Version, image.Packages[1].AlsoAt.Count).ShouldBe(("2.0.0", 0));
    }

    [Fact]
    public void No_layers_are_no_packages() => Image().Packages.ShouldBeEmpty();
}
