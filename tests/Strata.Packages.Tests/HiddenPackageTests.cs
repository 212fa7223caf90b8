using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class HiddenPackageTests
{
    private const string Status = "var/lib/dpkg/status";

    [Fact]
    public void What_a_layer_removes_is_not_in_the_image_and_is_listed_with_both_layers()
    {
        var image = Image(
            Catalog(Text(Status, Stanza("bash", "5.2"))),
            Catalog(Text(Status, Stanza("bash", "5.2") + Stanza("curl", "7.88"))),
            Catalog(Text(Status, Stanza("bash", "5.2"))));
        image.Packages.ShouldHaveSingleItem().Name.ShouldBe("bash");
        var hidden = image.Hidden.ShouldHaveSingleItem();
        (hidden.Package.Name, hidden.Package.IntroducedBy!.Layer, hidden.HiddenBy.Layer, hidden.ReplacedBy).ShouldBe(("curl", 1, 2, null));
        hidden.HiddenBy.Instruction.ShouldBe("RUN step 2");
    }

    [Fact]
    public void A_version_that_another_replaced_is_listed_with_it()
    {
        var hidden = Image(Catalog(Text(Status, Stanza("curl", "1"))), Catalog(Text(Status, Stanza("curl", "2")))).Hidden.ShouldHaveSingleItem();
        (hidden.Package.Version, hidden.ReplacedBy, hidden.HiddenBy.Layer).ShouldBe(("1", "2", 1));
    }

    [Fact]
    public void A_whiteout_hides_all_that_the_database_told() =>
        Image(Catalog(Text(Status, Stanza("a", "1") + Stanza("b", "1"))), Catalog(None(Gone("var/lib/dpkg")))).Hidden.Select(h => h.Package.Name).ShouldBe(["a", "b"]);

    [Fact]
    public void What_came_back_is_not_hidden()
    {
        var with = Catalog(Text(Status, Stanza("curl", "1")));
        Image(with, Catalog(None(Gone(Status))), with).Hidden.ShouldBeEmpty();
    }

    [Fact]
    public void Of_several_places_the_one_that_went_is_replaced_by_what_is_in_it()
    {
        static (Strata.Layers.LayerEntry, string) Module(string place, string version) =>
            Text($"{place}/node_modules/x/package.json", $$"""{"name":"x","version":"{{version}}"}""");
        var hidden = Image(Catalog(Module("a", "1"), Module("b", "2")), Catalog(Module("a", "3"))).Hidden.ShouldHaveSingleItem();
        (hidden.Package.Version, hidden.ReplacedBy).ShouldBe(("1", "3"));
    }

    [Fact]
    public void A_package_in_two_places_is_there_as_long_as_one_is()
    {
        static (Strata.Layers.LayerEntry, string) Module(string place) => Text($"{place}/node_modules/x/package.json", """{"name":"x","version":"1"}""");
        var both = Catalog(Module("a"), Module("b"));
        Image(both, Catalog(None(Gone("a")))).Hidden.ShouldBeEmpty();
        Image(both, Catalog(None(Gone("a"))), Catalog(None(Gone("b")))).Hidden.ShouldHaveSingleItem().HiddenBy.Layer.ShouldBe(2);
    }
}
