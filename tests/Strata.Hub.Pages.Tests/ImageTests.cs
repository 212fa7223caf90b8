using System.Net;
using System.Text;
using System.Text.Json;
using Strata.Oci;

namespace Strata.Hub.Pages.Tests;

public sealed class ImageTests : IAsyncLifetime
{
    private static readonly (string, string) BaseStatus = SiteImage.Status(("bash", "5.2.15-2"), ("curl", "7.88.1-10"));
    private static readonly (string, string) Os = ("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian 12\"\n");
    private static readonly SiteImage Base = SiteImage.Of([Os, BaseStatus]);
    private static readonly SiteImage App = SiteImage.Of([Os, BaseStatus],
        [SiteImage.Status(("bash", "5.2.15-2"), ("nginx", "1.22.1-9")), ("srv/app/new", "x")]);

    private ServedSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ServedSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task An_image_is_shown_by_tag_and_by_digest_in_all_its_views()
    {
        var digest = await _site.PushAsync("team/app", "1", App);
        foreach (var path in (string[])["/r/team/app:1", $"/r/team/app@{digest}"])
        {
            (await _site.PageAsync(path)).ShouldContain("Runs as root");
            var layers = await _site.PageAsync(path + "/layers");
            layers.ShouldContain("COPY part1 /");
            layers.ShouldContain("+2<span");
            layers.ShouldContain("~1");
            var packages = await _site.PageAsync(path + "/packages");
            packages.ShouldContain("1.22.1-9");
            packages.ShouldContain("2 packages · Debian 12");
            (await _site.PageAsync(path + "/vulnerabilities")).ShouldContain("Not scanned: there is no vulnerability data yet.");
            (await _site.PageAsync(path + "/documents")).ShouldContain("Nobody has attached a document");
        }
        (await _site.PageAsync("/r/team/app:1")).ShouldContain($"strata pull {_site.Host}/team/app:1");
    }

    [Fact]
    public async Task Packages_are_narrowed_and_those_that_are_hidden_show_on_request()
    {
        await _site.PushAsync("team/app", "1", App);
        (await _site.PageAsync("/r/team/app:1/packages?q=ngi")).ShouldContain("1 of 2 packages");
        var upper = await _site.PageAsync("/r/team/app:1/packages?layers=1");
        upper.ShouldContain("nginx");
        upper.ShouldNotContain("<th scope=\"row\" class=\"any\">bash");
        (await _site.PageAsync("/r/team/app:1/packages?type=npm")).ShouldContain("No package matches");
        var hidden = await _site.PageAsync("/r/team/app:1/packages?hidden=1");
        hidden.ShouldContain("<th scope=\"row\" class=\"any\">curl");
        hidden.ShouldContain("Layer 1</span>, removed");
        hidden.ShouldNotContain("<th scope=\"row\" class=\"any\">bash");
    }

    [Fact]
    public async Task The_base_is_found_among_the_hubs_own_images()
    {
        (await BaseAsync()).ShouldNotContain("Made from");
        await _site.PushAsync("library/debian", "12", Base);
        var page = await BaseAsync();
        page.ShouldContain($"Made from <strong>{_site.Host}/library/debian:12</strong>, which is its first layer.");
        (await _site.PageAsync("/r/team/app:1/packages?from=yours")).ShouldContain("1 of 2 packages");
        (await _site.PageAsync("/r/library/debian:12/packages")).ShouldNotContain("Made from");

        async Task<string> BaseAsync()
        {
            await _site.PushAsync("team/app", "1", App);
            return await _site.PageAsync("/r/team/app:1/packages");
        }
    }

    [Fact]
    public async Task A_base_that_only_has_another_config_is_told_by_the_history()
    {
        await _site.PushAsync("library/debian", "12", Base);
        var config = ImageConfig.Parse(Base.Config) with
        {
            History = [.. ImageConfig.Parse(Base.Config).History!, new HistoryEntry { CreatedBy = "ENV A=1", EmptyLayer = true }],
        };
        var bytes = config.ToBytes();
        var manifest = Manifest.Parse(Base.Manifest) with { Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest.Of(bytes), Size = bytes.Length } };
        await _site.PushAsync("team/env", "1", new SiteImage(manifest.ToBytes(), bytes, Base.Layers));
        (await _site.PageAsync("/r/team/env:1/packages")).ShouldContain($"Made from <strong>{_site.Host}/library/debian:12</strong>");
        (await _site.PageAsync("/r/library/debian:12/packages")).ShouldNotContain("Made from");
    }

    [Fact]
    public async Task Of_an_index_each_platform_can_be_shown_and_its_annotations_name_the_base()
    {
        var arm = SiteImage.Of("arm64", labels: null, [SiteImage.Tar(SiteImage.Status(("bash", "5.2.15-2+arm")))]);
        await _site.PushAsync("team/app", "", App);
        await _site.PushAsync("team/app", "", arm);
        Descriptor Entry(SiteImage image, string architecture) => new()
        {
            MediaType = MediaTypes.OciManifest,
            Digest = Digest.Of(image.Manifest),
            Size = image.Manifest.Length,
            Platform = new Platform { Os = "linux", Architecture = architecture },
        };
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests = [Entry(arm, "arm64"), Entry(App, "amd64")],
            Annotations = new Dictionary<string, string> { ["org.opencontainers.image.base.name"] = "example.com/base:7" },
        };
        await _site.PutAsync("team/app", "2", index.ToBytes(), MediaTypes.OciIndex);
        var usual = await _site.PageAsync("/r/team/app:2/packages");
        usual.ShouldContain("nginx");
        usual.ShouldContain("example.com/base:7");
        usual.ShouldContain("href=\"/r/team/app:2/packages?platform=linux%2Farm64\"");
        var other = await _site.PageAsync("/r/team/app:2/packages?platform=linux%2Farm64");
        other.ShouldContain("5.2.15-2+arm");
        other.ShouldContain("name=\"platform\" value=\"linux/arm64\"");
        other.ShouldContain("/r/team/app:2/layers?platform=linux%2Farm64");
        (await _site.GetAsync("/r/team/app:2?platform=linux%2Fs390x")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Bills_of_materials_are_files_and_the_same_each_time()
    {
        await _site.PushAsync("team/app", "1", App);
        await _site.PageAsync("/r/team/app:1/packages");
        using var response = await _site.Client.GetAsync("/r/team/app:1/cyclonedx.json", TestContext.Current.CancellationToken);
        response.Content.Headers.ContentDisposition!.FileName.ShouldBe("app_1.cyclonedx.json");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/vnd.cyclonedx+json");
        var first = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonDocument.Parse(first).RootElement.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("name").GetString()).ShouldContain("nginx");
        (await _site.Client.GetStringAsync("/r/team/app:1/cyclonedx.json", TestContext.Current.CancellationToken)).ShouldBe(first);
        (await _site.Client.GetStringAsync("/r/team/app:1/spdx.json", TestContext.Current.CancellationToken)).ShouldContain("SPDX-2.3");
    }

    [Fact]
    public async Task What_is_attached_is_listed_and_can_be_had_and_nothing_else()
    {
        var digest = await _site.PushAsync("team/app", "1", App);
        var document = "{\"bomFormat\":\"CycloneDX\"}"u8.ToArray();
        var empty = "{}"u8.ToArray();
        await _site.PutBlobAsync("team/app", document);
        await _site.PutBlobAsync("team/app", empty);
        await _site.PutAsync("team/app", "", new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = "application/vnd.cyclonedx+json",
            Config = new Descriptor { MediaType = MediaTypes.OciEmpty, Digest = Digest.Of(empty), Size = empty.Length },
            Layers = [new Descriptor { MediaType = "application/vnd.cyclonedx+json", Digest = Digest.Of(document), Size = document.Length }],
            Subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = digest, Size = App.Manifest.Length },
        }.ToBytes(), MediaTypes.OciManifest);
        var page = await _site.PageAsync("/r/team/app:1/documents");
        page.ShouldContain("Bill of materials (CycloneDX)");
        page.ShouldContain("referrer");
        using var got = await _site.Client.GetAsync($"/r/team/app:1/attached/{Digest.Of(document)}", TestContext.Current.CancellationToken);
        (await got.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBe(document);
        got.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        got.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        (await _site.GetAsync($"/r/team/app:1/attached/{Digest.Of(App.Layers[0])}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _site.GetAsync("/r/team/app:1/attached/none")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_image_is_told_as_what_it_is()
    {
        var chart = Encoding.UTF8.GetBytes("a chart");
        await _site.PutBlobAsync("team/chart", chart);
        await _site.PutAsync("team/chart", "1", new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = "application/vnd.cncf.helm.config.v1+json", Digest = Digest.Of(chart), Size = chart.Length },
            Layers = [new Descriptor { MediaType = "application/vnd.cncf.helm.chart", Digest = Digest.Of(chart), Size = chart.Length }],
        }.ToBytes(), MediaTypes.OciManifest);
        (await _site.PageAsync("/r/team/chart:1")).ShouldContain("application/vnd.cncf.helm.config.v1+json");
        (await _site.PageAsync("/r/team/chart")).ShouldContain("no image");
    }
}
