using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Tests;

/// <summary>How what is in layers gets known, and what happens where it cannot.</summary>
public sealed class ReadingTests
{
    private static readonly byte[] Secret = SiteImage.Tar(SiteImage.Status(("secret-sauce", "1.0-1")));

    [Fact]
    public async Task A_page_that_waits_shows_progress_and_comes_back_by_itself()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var site = await ServedSite.StartAsync(services: s => s.Decorate(registry => new HeldBlobs(registry, gate.Task)));
        await site.PushAsync("me/app", "1", SiteImage.Of([SiteImage.Status(("bash", "5.2.15-2"))]));
        var (status, waiting, response) = await site.GetAsync("/r/me/app:1/packages");
        status.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("Refresh").Single().ShouldBe("2");
        waiting.ShouldContain("Reading the layers");
        waiting.ShouldContain("0 of 1 layers");
        waiting.ShouldContain("<progress");
        gate.SetResult();
        await ReadAsync(site, "me/app:1");
        (await site.PageAsync("/r/me/app:1/packages")).ShouldContain("5.2.15-2");
    }

    [Fact]
    public async Task A_config_that_lies_is_not_shown_what_is_in_the_layer_of_others()
    {
        await using var site = await ServedSite.StartAsync();
        await site.PushAsync("rich/app", "1", SiteImage.Of("amd64", labels: null, [Secret]));
        (await site.PageAsync("/r/rich/app:1/packages")).ShouldContain("secret-sauce");
        var own = SiteImage.Tar(("harmless", "x"));
        await site.PushAsync("poor/app", "1", SiteImage.Of("amd64", labels: null, [own], diffIds: [Digest.Of(Secret)]));
        var page = await site.PageAsync("/r/poor/app:1/packages");
        page.ShouldNotContain("secret-sauce");
        page.ShouldContain("The layers of this image cannot be read");
        // The honest image of the same blob is none the worse for it.
        await site.PushAsync("poor/app", "2", SiteImage.Of("amd64", labels: null, [own]));
        (await site.PageAsync("/r/poor/app:2/packages")).ShouldContain("No packages found");
    }

    [Fact]
    public async Task A_layer_that_is_none_spoils_only_the_views_that_need_it()
    {
        await using var site = await ServedSite.StartAsync();
        var broken = "this is no tar, and much too short to be one"u8.ToArray();
        await site.PushAsync("me/broken", "1", SiteImage.Of("amd64", labels: null, [broken]));
        (await site.PageAsync("/r/me/broken:1/packages")).ShouldContain("The layers of this image cannot be read");
        (await site.PageAsync("/r/me/broken:1/layers")).ShouldContain("not indexed yet");
        (await site.PageAsync("/r/me/broken:1")).ShouldContain("How it runs");
        (await site.GetAsync("/r/me/broken:1/cyclonedx.json")).Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
    }

    [Fact]
    public async Task Facts_may_be_deleted_and_come_back()
    {
        await using var site = await ServedSite.StartAsync();
        await site.PushAsync("me/app", "1", SiteImage.Of([SiteImage.Status(("bash", "5.2.15-2"))]));
        await site.PageAsync("/r/me/app:1/packages");
        Directory.Delete(Path.Combine(site.Folder, "facts"), recursive: true);
        (await site.PageAsync("/r/me/app:1/packages")).ShouldContain("5.2.15-2");
    }

    [Fact]
    public async Task A_layer_is_read_once_for_all_images_that_have_it()
    {
        var counted = new Counter();
        await using var site = await ServedSite.StartAsync(services: s => s.Decorate(registry => new CountedBlobs(registry, counted)));
        var shared = SiteImage.Status(("bash", "5.2.15-2"));
        await site.PushAsync("me/a", "1", SiteImage.Of([shared], [("a", "a")]));
        await site.PushAsync("me/b", "1", SiteImage.Of([shared], [("b", "b")]));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => site.PageAsync($"/r/me/{(i % 2 == 0 ? "a" : "b")}:1/packages")));
        await ReadAsync(site, "me/a:1");
        await ReadAsync(site, "me/b:1");
        counted.Opened.ShouldBe(3);
    }

    /// <summary>Ends when the image has been read.</summary>
    private static async Task ReadAsync(ServedSite site, string name)
    {
        var registry = site.Services.GetRequiredService<IRegistryContent>();
        var parts = name.Split(':');
        var found = registry.FindManifest(parts[0], parts[1])!;
        var manifest = Manifest.Parse(found.Content.Span);
        var config = ImageConfig.Parse((await registry.ReadBlobAsync(parts[0], manifest.Config.Digest, ImageConfig.MaxBytes, TestContext.Current.CancellationToken))!);
        var reading = site.Services.GetRequiredService<ContentReader>().Begin(new ImageContent(parts[0], found.Digest, manifest.Layers, config.RootFs.DiffIds))!;
        await reading.Completion.WaitAsync(TestContext.Current.CancellationToken);
        reading.Fault.ShouldBeNull();
    }

    private sealed class Counter
    {
        private int _opened;

        public int Opened => _opened;

        public void Add() => Interlocked.Increment(ref _opened);
    }

    /// <summary>The real registry, whose blobs open when a test says so.</summary>
    private sealed class HeldBlobs(IRegistryContent inner, Task until) : PassedOn(inner)
    {
        public override async ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken)
        {
            await until.WaitAsync(cancellationToken);
            return await base.OpenBlobAsync(repository, digest, cancellationToken);
        }
    }

    private sealed class CountedBlobs(IRegistryContent inner, Counter counter) : PassedOn(inner)
    {
        public override ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken)
        {
            counter.Add();
            return base.OpenBlobAsync(repository, digest, cancellationToken);
        }
    }
}
