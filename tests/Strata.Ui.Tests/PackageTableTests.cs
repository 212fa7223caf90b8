using Bunit;
using Strata.Images;
using Strata.Packages;
using Strata.Ui.Format;
using Strata.Ui.Images;

namespace Strata.Ui.Tests;

public sealed class PackageTableTests : BunitContext
{
    private static readonly ImageBase Debian = new() { Name = "debian:12", Layers = 1, HistoryEntries = 1, FoundBy = BaseFoundBy.Layers, Others = ["debian:bookworm"] };

    private static readonly ImagePackages Several = Samples.Packages with
    {
        Base = new BaseImage { Name = "debian:12", Layers = 1 },
        Packages =
        [
            .. Samples.Packages.Packages,
            Samples.Packages.Packages[2] with { Name = "lodash", Type = "npm", Licenses = ["MIT"], SourceName = null },
            Samples.Packages.Packages[2] with { Name = "left-pad", Type = "npm", Licenses = ["MIT", "WTFPL"], SourceName = null },
        ],
    };

    [Fact]
    public void Types_are_links_with_their_counts_and_the_chosen_one_says_so()
    {
        var page = Render(Usual with { Type = "npm" });
        page.FindAll("tbody th").Select(t => t.TextContent).ShouldBe(["left-pad", "lodash"]);
        Facets(page, "Type").ShouldBe(["All 5 /p", "deb 3 /p?type=deb", "npm 2 /p?type=npm"]);
        page.Find("nav[aria-label=Type] [aria-current]").TextContent.ShouldStartWith("npm");
        page.Find("input[name=type]").GetAttribute("value").ShouldBe("npm");
    }

    [Fact]
    public void What_came_with_the_base_is_told_apart()
    {
        var page = Render(Usual with { Side = PackageSide.Yours, Type = "deb" });
        page.FindAll("tbody th").ShouldHaveSingleItem().TextContent.ShouldBe("python3");
        page.Find("tbody .badge").TextContent.ShouldBe("yours");
        Facets(page, "From").ShouldBe(["All 3 /p?type=deb", "The base 2 /p?type=deb&from=base", "Yours 1 /p?type=deb&from=yours"]);
        page.Markup.ShouldContain("Made from <strong>debian:12</strong>");
        page.Markup.ShouldContain("debian:bookworm");
    }

    [Fact]
    public void What_later_layers_hid_is_shown_on_request_and_the_filters_go_with_it()
    {
        var gone = Samples.Packages.Packages[1];
        var hidden = Several with { Hidden = [new HiddenPackage(gone, new LayerOrigin { Layer = 1, DiffId = gone.IntroducedBy!.DiffId }, ReplacedBy: "3.0.11-1")] };
        var usual = Render<PackageTable>(p => p.Add(v => v.Packages, hidden).Add(v => v.Layers, Samples.Image.Layers).Add(v => v.Query, Usual).Add(v => v.Url, Usual.Address("/p")));
        Facets(usual, "Show").ShouldBe(["In the image 5 /p", "Hidden by later layers 1 /p?hidden=1"]);
        var query = Usual with { Hidden = true };
        var page = Render<PackageTable>(p => p.Add(v => v.Packages, hidden).Add(v => v.Layers, Samples.Image.Layers).Add(v => v.Query, query).Add(v => v.Url, query.Address("/p")));
        page.FindAll("tbody th").ShouldHaveSingleItem().TextContent.ShouldBe("libssl3");
        page.Find("td[data-label='Hidden by']").TextContent.ShouldBe("Layer 1, by version 3.0.11-1");
        page.Find("input[name=hidden]").GetAttribute("value").ShouldBe("1");
        Facets(page, "Type").ShouldBe(["All 1 /p?hidden=1", "deb 1 /p?hidden=1&type=deb"]);
    }

    [Fact]
    public void A_platform_that_was_chosen_stays_chosen()
    {
        var page = Render<PackageTable>(p => p.Add(v => v.Packages, Several).Add(v => v.Layers, Samples.Image.Layers)
            .Add(v => v.Query, Usual with { Type = "npm" }).Add(v => v.Url, (Usual with { Type = "npm" }).Address("/p").With("platform", "linux/arm64")));
        page.Find("input[name=platform]").GetAttribute("value").ShouldBe("linux/arm64");
        page.FindAll("form a").Select(a => a.GetAttribute("href")).ShouldContain("/p?platform=linux%2Farm64");
    }

    [Fact]
    public void Without_a_base_nothing_is_told_apart()
    {
        var page = Render<PackageTable>(p => p.Add(v => v.Packages, Samples.Packages).Add(v => v.Layers, Samples.Image.Layers)
            .Add(v => v.Query, Usual).Add(v => v.Url, Usual.Address("/p")));
        page.FindAll("nav[aria-label=From]").ShouldBeEmpty();
        page.FindAll("tbody .badge").ShouldBeEmpty();
        page.Markup.ShouldNotContain("Made from");
    }

    [Fact]
    public void A_base_that_is_not_here_is_named_and_nothing_is_guessed()
    {
        var found = new ImageBase { Name = "far:1", FoundBy = BaseFoundBy.Annotation };
        var page = Render<PackageTable>(p => p.Add(v => v.Packages, Samples.Packages with { Base = new BaseImage { Name = "far:1" } }).Add(v => v.Layers, Samples.Image.Layers)
            .Add(v => v.Query, Usual).Add(v => v.Url, Usual.Address("/p")).Add(v => v.Base, found));
        page.Markup.ShouldContain("it is not known which layers are its");
        page.FindAll("nav[aria-label=From]").ShouldBeEmpty();
    }

    [Fact]
    public void Licences_are_chosen_from_those_there_are_and_none_is_one()
    {
        var page = Render(Usual with { License = "MIT" });
        page.FindAll("tbody th").Select(t => t.TextContent).ShouldBe(["left-pad", "lodash"]);
        page.FindAll("select[name=license] option").Select(o => o.TextContent).ShouldBe(["Any licence", "No licence named (3)", "MIT (2)", "WTFPL (1)"]);
        page.Find("select[name=license] option[selected]").GetAttribute("value").ShouldBe("MIT");
        Render(Usual with { License = PackageQuery.NoLicense }).FindAll("tbody tr").Count.ShouldBe(3);
    }

    [Fact]
    public void A_licence_of_the_address_that_nothing_has_is_still_shown_as_chosen()
    {
        var page = Render(Usual with { License = "Unheard-Of" });
        page.Find("select[name=license] option[selected]").TextContent.ShouldBe("Unheard-Of (0)");
        page.Markup.ShouldContain("No package matches");
    }

    [Fact]
    public void All_that_is_asked_for_is_in_the_address()
    {
        var query = new PackageQuery("a b", LayerSelection.Parse(["0", "1"], 2), new SortOrder("license", Descending: true), 3) { Type = "npm", License = "MIT", Side = PackageSide.Base };
        query.Address("/p").ToString().ShouldBe("/p?q=a%20b&type=npm&license=MIT&from=base&layers=0%2C1&sort=-license");
        Usual.Address("/p").ToString().ShouldBe("/p");
    }

    [Fact]
    public void Of_ten_thousand_packages_one_page_is_rendered()
    {
        var many = Several with { Packages = [.. Enumerable.Range(0, 10_000).Select(i => Several.Packages[i % 5] with { Name = $"p{i:D5}" })] };
        var page = Render<PackageTable>(p => p.Add(v => v.Packages, many).Add(v => v.Layers, Samples.Image.Layers)
            .Add(v => v.Query, Usual with { Page = 50 }).Add(v => v.Url, Usual.Address("/p")).Add(v => v.Base, Debian));
        page.FindAll("tbody tr").Count.ShouldBe(PackageQuery.PageSize);
        page.Find(".pager").TextContent.ShouldContain("9801–10000 of 10000");
        page.Markup.Length.ShouldBeLessThan(300_000);
    }

    private static PackageQuery Usual { get; } = new(null, LayerSelection.Parse(null, 2), PackageQuery.DefaultOrder, null);

    private IRenderedComponent<PackageTable> Render(PackageQuery query) => Render<PackageTable>(p => p
        .Add(v => v.Packages, Several).Add(v => v.Layers, Samples.Image.Layers).Add(v => v.Query, query).Add(v => v.Url, query.Address("/p")).Add(v => v.Base, Debian));

    private static IEnumerable<string> Facets(IRenderedComponent<PackageTable> page, string label) => page.FindAll($"nav[aria-label={label}] a")
        .Select(a => $"{a.FirstChild!.TextContent} {a.QuerySelector(".count")!.TextContent} {a.GetAttribute("href")}");
}
