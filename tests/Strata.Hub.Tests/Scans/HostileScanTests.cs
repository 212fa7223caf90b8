using System.Text;
using Strata.Oci;
using static Strata.Hub.Tests.Scans.ScannedHub;

namespace Strata.Hub.Tests.Scans;

/// <summary>Broken and hostile images, and hubs that are stopped half-way.</summary>
public sealed class HostileScanTests : IDisposable
{
    private static readonly (string, string)[] Good = [Os, Status(("openssl", "3.0.9-1"))];
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-scans-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_broken_layer_is_told_is_tried_once_and_holds_up_nobody()
    {
        var blobs = new WatchedBlobs();
        Digest broken, good;
        await using (var hub = await ScannedHub.StartAsync(_folder, registry: blobs.Watch))
        {
            broken = (await hub.PushAsync("me/broken", "1", "amd64", Encoding.UTF8.GetBytes("this is no tar, and much too short to be one"))).Digest;
            good = await hub.PushAsync("me/good", "1", Good);
            await hub.SettleAsync();
            hub.Scans.Find(broken)!.State.ShouldBe(ImageScanState.Unreadable);
            hub.Scans.Find(broken)!.Reason.ShouldNotBeNullOrEmpty();
            hub.Scans.Find(good)!.State.ShouldBe(ImageScanState.Read);
            var image = (await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/broken?tag=1")).GetProperty("images")[0];
            image.GetProperty("state").GetString().ShouldBe("unreadable");
            image.GetProperty("reason").GetString().ShouldBe(hub.Scans.Find(broken)!.Reason);
            image.TryGetProperty("counts", out _).ShouldBeFalse();
            await hub.AdviseAsync(("CVE-2024-0001", "openssl", "3.0.15-1"));
            await hub.SettleAsync();
        }
        blobs.Opened.ShouldBe(2);
        await using (var hub = await ScannedHub.StartAsync(_folder, registry: blobs.Watch))
        {
            await hub.SettleAsync();
            hub.Scans.Find(broken)!.State.ShouldBe(ImageScanState.Unreadable);
            hub.Scans.Find(good)!.Result!.Findings.ShouldBe(1);
        }
        blobs.Opened.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_hub_had_not_scanned_when_it_stopped_its_next_start_scans()
    {
        var blobs = new WatchedBlobs { Until = new TaskCompletionSource().Task };
        Digest digest;
        await using (var hub = await ScannedHub.StartAsync(_folder, registry: blobs.Watch))
        {
            digest = await hub.PushAsync("me/app", "1", Good);
            await blobs.Asked.Task.WaitAsync(TestContext.Current.CancellationToken);
            hub.Scans.Find(digest)!.State.ShouldBe(ImageScanState.Waiting);
            (await hub.Hub.JsonAsync("/api/v1/vulnerabilities/me/app?tag=1")).GetProperty("images")[0].GetProperty("state").GetString().ShouldBe("waiting");
        }
        await using (var hub = await ScannedHub.StartAsync(_folder))
        {
            await hub.SettleAsync();
            hub.Scans.Find(digest)!.State.ShouldBe(ImageScanState.Read);
        }
    }

    [Fact]
    public async Task An_image_that_takes_too_long_is_given_up()
    {
        var blobs = new WatchedBlobs();
        await using var hub = await ScannedHub.StartAsync(_folder, new ScanOptions { Timeout = TimeSpan.FromSeconds(1) }, blobs.Watch);
        var slow = Tar(("slow", "x"));
        var image = await hub.PushAsync("me/slow", null, "amd64", slow);
        blobs.Stuck = Manifest.Parse(await hub.Hub.Client.GetByteArrayAsync($"/v2/me/slow/manifests/{image.Digest}", TestContext.Current.CancellationToken)).Layers[0].Digest;
        await hub.PushAsync("me/slow", "1", "amd64", slow);
        var good = await hub.PushAsync("me/good", "1", Good);
        await hub.SettleAsync();
        hub.Scans.Find(image.Digest)!.Reason.ShouldBe("it took longer than 1 s, which is scans.timeout");
        hub.Scans.Find(good)!.State.ShouldBe(ImageScanState.Read);
    }

    [Fact]
    public async Task An_image_without_end_of_layers_is_not_begun()
    {
        await using var hub = await ScannedHub.StartAsync(_folder);
        var image = await hub.PushAsync("me/many", "1", "amd64", [.. Enumerable.Repeat(Tar(("x", "x")), 1001)]);
        await hub.SettleAsync();
        hub.Scans.Find(image.Digest)!.Reason.ShouldBe("it has 1001 layers; more than 1000 are not looked into");
    }

    [Fact]
    public async Task A_config_that_does_not_fit_is_told()
    {
        await using var hub = await ScannedHub.StartAsync(_folder);
        var digest = await hub.Hub.PushAsync("me/app", "1");
        await hub.SettleAsync();
        hub.Scans.Find(digest)!.State.ShouldBe(ImageScanState.Unreadable);
    }
}
