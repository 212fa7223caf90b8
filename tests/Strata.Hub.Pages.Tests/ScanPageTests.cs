using System.Text;
using Strata.Oci;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Hub.Pages.Tests;

/// <summary>What pages show of the scans that the hub makes by itself.</summary>
public sealed class ScanPageTests : IAsyncLifetime
{
    private const string Advisory =
        """{"id":"CVE-2024-0001","modified":"2026-01-01T00:00:00Z","summary":"A hole in TLS","details":"At length.","database_specific":{"severity":"HIGH"},"affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"3.0.15-1"}]}]}]}""";

    private static readonly (string, string) Os = ("etc/os-release", "ID=debian\nVERSION_ID=12\nPRETTY_NAME=\"Debian 12\"\n");
    private ServedSite _site = null!;

    public async ValueTask InitializeAsync() => _site = await ServedSite.StartAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Fact]
    public async Task Each_tag_says_in_words_what_is_known_of_it()
    {
        await AdviseAsync();
        await _site.PushAsync("team/app", "bad", SiteImage.Of([Os, SiteImage.Status(("openssl", "3.0.9-1"))]));
        await _site.PushAsync("team/app", "good", SiteImage.Of([Os, SiteImage.Status(("openssl", "3.0.15-1"))]));
        await _site.PushAsync("team/app", "broken", SiteImage.Of("amd64", labels: null, ["this is no tar, and much too short to be one"u8.ToArray()]));
        await _site.PushAsync("team/app", "other", SiteImage.Of([("etc/os-release", "ID=haiku\nVERSION_ID=1\n"), SiteImage.Status(("openssl", "3.0.9-1"))]));
        await _site.PushAsync("team/app", "empty", SiteImage.Of([("srv/x", "x")]));
        await ChartAsync("team/app", "chart");
        var page = await UntilAsync("/r/team/app", p => !p.Contains("not scanned yet", StringComparison.Ordinal));
        Cell(page, "bad").ShouldContain("aria-label=\"0 critical, 1 high, 0 medium, 0 low\"");
        Cell(page, "bad").ShouldContain(">1H</span>");
        Cell(page, "bad").ShouldContain("href=\"/r/team/app:bad/vulnerabilities\"");
        Cell(page, "good").ShouldContain("none found");
        Cell(page, "broken").ShouldContain("could not be read");
        Cell(page, "other").ShouldContain("no data for it");
        Cell(page, "empty").ShouldContain("no packages found");
        Cell(page, "chart").ShouldContain("no image");
        (await _site.PageAsync("/r/team/app:broken/vulnerabilities")).ShouldContain("The layers of this image cannot be read");
    }

    [Fact]
    public async Task Without_advisories_nothing_looks_as_if_nothing_was_found()
    {
        await _site.PushAsync("team/app", "1", SiteImage.Of([Os, SiteImage.Status(("openssl", "3.0.9-1"))]));
        var page = await UntilAsync("/r/team/app", p => p.Contains("no advisory data", StringComparison.Ordinal));
        page.ShouldNotContain("none found");
    }

    [Fact]
    public async Task Kept_findings_are_shown_by_layer_with_the_words_of_their_record()
    {
        await AdviseAsync();
        await _site.PushAsync("team/app", "1", SiteImage.Of([Os, ("a", "a")], [SiteImage.Status(("openssl", "3.0.9-1"))]));
        await UntilAsync("/r/team/app", p => p.Contains(">1H</span>", StringComparison.Ordinal));
        var page = await _site.PageAsync("/r/team/app:1/vulnerabilities");
        page.ShouldContain("A hole in TLS");
        page.ShouldContain("At length.");
        page.ShouldContain("COPY part1 /");
        (await _site.PageAsync("/r/team/app:1/vulnerabilities?layers=1")).ShouldContain("1 of 1 findings");
        (await _site.PageAsync("/r/team/app:1/vulnerabilities?layers=0")).ShouldContain("No finding matches");
    }

    [Fact]
    public async Task New_advisories_show_at_the_next_view()
    {
        await _site.PushAsync("team/app", "1", SiteImage.Of([Os, SiteImage.Status(("openssl", "3.0.9-1"))]));
        (await _site.PageAsync("/r/team/app:1/vulnerabilities")).ShouldContain("there is no vulnerability data yet");
        await AdviseAsync();
        (await _site.PageAsync("/r/team/app:1/vulnerabilities")).ShouldContain("CVE-2024-0001");
    }

    private static string Cell(string page, string tag)
    {
        var row = page[page.IndexOf($"/r/team/app:{tag}\">{tag}</a>", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];
        return row[row.IndexOf("data-label=\"Vulnerabilities\"", StringComparison.Ordinal)..row.IndexOf("data-label=\"Compressed\"", StringComparison.Ordinal)];
    }

    private async Task<string> UntilAsync(string path, Predicate<string> holds)
    {
        while (true)
        {
            var page = await _site.PageAsync(path);
            if (holds(page)) return page;
            await Task.Yield();
        }
    }

    private async Task ChartAsync(string repository, string tag)
    {
        byte[] config = "{}"u8.ToArray();
        await _site.PutBlobAsync(repository, config);
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = "application/vnd.cncf.helm.config.v1+json", Digest = Digest.Of(config), Size = config.Length },
            Layers = [],
        };
        await _site.PutAsync(repository, tag, manifest.ToBytes(), MediaTypes.OciManifest);
    }

    private async Task AdviseAsync()
    {
        var file = Path.Combine(_site.Folder, "records.jsonl");
        await File.WriteAllTextAsync(file, Advisory + "\n", Encoding.UTF8, TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        await new AdvisoryUpdater(Path.Combine(_site.Folder, "advisories", "advisories.db"), http, TimeProvider.System).UpdateAsync(file, progress: null, TestContext.Current.CancellationToken);
    }
}
