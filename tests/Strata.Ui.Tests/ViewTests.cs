using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Strata.Packages;
using Strata.Ui.Format;
using Strata.Ui.Images;
using Strata.Ui.Parts;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Ui.Tests;

public sealed class ViewTests : BunitContext
{
    private static readonly LayerSelection All = LayerSelection.Parse(null, 2);

    public ViewTests() => Services.AddSingleton<TimeProvider>(new FixedClock(Samples.Now));

    [Fact]
    public void The_overview_hides_what_may_be_a_secret_and_escapes_labels()
    {
        var page = Render<ImageOverview>(p => p.Add(v => v.Image, Samples.Image));
        page.Find("details code").TextContent.ShouldBe("s3cr3t");
        page.Find("details").HasAttribute("open").ShouldBeFalse();
        page.Markup.ShouldContain("evil \\u202elabel &lt;script&gt;");
        page.Find("[data-copy]").GetAttribute("data-copy").ShouldBe("strata pull 127.0.0.1:5000/library/python:3.11");
    }

    [Fact]
    public void A_layer_without_an_index_has_dashes_not_zeros()
    {
        var rows = Render<LayerTable>(p => p
            .Add(v => v.Image, Samples.Image).Add(v => v.Selection, LayerSelection.Parse(["1"], 2))
            .Add(v => v.PackagesHref, "/p").Add(v => v.VulnerabilitiesHref, "/v").Add(v => v.ClearHref, "/l")).FindAll("tbody tr");
        rows[0].TextContent.ShouldContain("160 MB");
        rows[0].TextContent.ShouldContain("+8,728");
        rows[1].QuerySelector("[data-label=Unpacked]")!.TextContent.Trim().ShouldBe("–");
        rows[1].TextContent.ShouldContain("not indexed yet");
        rows[1].QuerySelector("input")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Fact]
    public void No_view_uses_inline_styles_or_scripts()
    {
        var markup = Render<ImageOverview>(p => p.Add(v => v.Image, Samples.Image)).Markup + Vulnerabilities(Samples.Scan(ScanState.Scanned, Samples.Finding("CVE-1", Severity.High, 1, "3.1"))).Markup;
        markup.ShouldNotContain("style=");
        markup.ShouldNotContain("<script");
        markup.ShouldNotContain("onclick");
    }

    [Fact]
    public void Packages_are_narrowed_to_the_selected_layers()
    {
        var page = Packages(new PackageQuery(null, LayerSelection.Parse(["1"], 2), PackageQuery.DefaultOrder, null));
        page.FindAll("tbody tr").ShouldHaveSingleItem().TextContent.ShouldContain("python3");
        page.Find(".sum").TextContent.ShouldContain("1 of 3 packages");
    }

    [Fact]
    public void A_package_is_found_by_its_source_too() =>
        Packages(new PackageQuery("OPENSSL", All, PackageQuery.DefaultOrder, null)).FindAll("tbody th").ShouldHaveSingleItem().TextContent.ShouldBe("libssl3");

    [Fact]
    public void The_sorted_column_says_so_and_its_link_turns_the_order()
    {
        var header = Packages(new PackageQuery(null, All, new SortOrder("version", Descending: true), null)).Find("th[aria-sort]");
        header.GetAttribute("aria-sort").ShouldBe("descending");
        header.QuerySelector("a")!.GetAttribute("href").ShouldBe("/p?sort=version");
    }

    [Fact]
    public void Without_a_database_nothing_looks_like_no_vulnerabilities()
    {
        var page = Vulnerabilities(Samples.Scan(ScanState.NoDatabase));
        page.Markup.ShouldContain("Not scanned: there is no vulnerability data yet.");
        page.Markup.ShouldContain("strata advisories update --from");
        page.Markup.ShouldNotContain("No known vulnerabilities");
        page.FindAll(".sevgrid").ShouldBeEmpty();
    }

    [Fact]
    public void Without_data_for_the_distribution_it_is_named()
    {
        var page = Vulnerabilities(Samples.Scan(ScanState.NoDataForDistribution));
        page.Markup.ShouldContain("Not scanned: no data for Debian GNU/Linux 12 (bookworm).");
        page.Markup.ShouldNotContain("No known vulnerabilities");
    }

    [Fact]
    public void A_scan_without_findings_says_what_was_compared_and_how_old_the_data_is()
    {
        var page = Vulnerabilities(Samples.Scan(ScanState.Scanned));
        page.Markup.ShouldContain("No known vulnerabilities in the 3 packages that were compared.");
        page.Find("time").TextContent.ShouldBe("2 days ago");
    }

    [Fact]
    public void Findings_show_the_worst_first_with_fix_layer_and_rule()
    {
        var scan = Samples.Scan(ScanState.Scanned, Samples.Finding("CVE-LOW", Severity.Low, 0, null), Samples.Finding("CVE-HIGH", Severity.High, 1, "3.0.15-1"));
        var rows = Vulnerabilities(scan).FindAll("tbody tr");
        rows[0].TextContent.ShouldContain("CVE-HIGH");
        rows[0].TextContent.ShouldContain("3.0.15-1");
        rows[0].TextContent.ShouldContain("Layer 0");
        rows[0].QuerySelector("details")!.TextContent.ShouldContain("it is before the fix");
        rows[1].TextContent.ShouldContain("no fix yet");
    }

    [Fact]
    public void Severities_are_told_by_letters_with_zeros_in_place()
    {
        var bar = Render<SeverityBar>(p => p.Add(v => v.Counts, new Dictionary<Severity, int> { [Severity.Critical] = 2, [Severity.Low] = 30 }));
        bar.FindAll(".sev").Select(s => s.TextContent).ShouldBe(["2C", "0H", "0M", "30L"]);
        bar.Find("[role=img]").GetAttribute("aria-label").ShouldBe("2 critical, 0 high, 0 medium, 30 low");
    }

    [Fact]
    public void The_official_badge_is_words_and_absent_for_others()
    {
        Render<TrustBadge>(p => p.Add(v => v.Official, true)).Markup.ShouldContain("Official image");
        Render<TrustBadge>(p => p.Add(v => v.Official, false)).Markup.Trim().ShouldBeEmpty();
    }

    [Fact]
    public void What_could_not_be_read_is_said_before_the_list()
    {
        var packages = Samples.Packages with { Faults = [new CatalogFault { Path = "var/lib/dpkg/status", Reason = "line 3 has no colon" }] };
        var page = Render<PackageTable>(p => p
            .Add(v => v.Packages, packages).Add(v => v.Layers, Samples.Image.Layers)
            .Add(v => v.Query, new PackageQuery(null, All, PackageQuery.DefaultOrder, null)).Add(v => v.Url, new PageUrl("/p")));
        page.Find(".note").TextContent.ShouldContain("One file could not be read");
        page.Find(".note").TextContent.ShouldContain("line 3 has no colon");
    }

    private IRenderedComponent<PackageTable> Packages(PackageQuery query) => Render<PackageTable>(p => p
        .Add(v => v.Packages, Samples.Packages).Add(v => v.Layers, Samples.Image.Layers).Add(v => v.Query, query).Add(v => v.Url, new PageUrl("/p")));

    private IRenderedComponent<FindingTable> Vulnerabilities(ScanResult scan) => Render<FindingTable>(p => p
        .Add(v => v.Scan, scan).Add(v => v.Layers, Samples.Image.Layers).Add(v => v.Url, new PageUrl("/v"))
        .Add(v => v.Query, new FindingQuery(null, All, null, false, FindingQuery.DefaultOrder, null)));

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
