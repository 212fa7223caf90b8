using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class GarbageTests : MaintainedRegistry
{
    private static readonly TimeSpan Lease = new GarbageOptions().Lease;
    private static readonly TimeSpan KeepDeleted = new GarbageOptions().KeepDeleted;

    [Fact]
    public async Task A_blob_that_nothing_names_goes_when_its_lease_ends()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000));
        (await CollectAsync()).Blobs.ShouldBe(0);
        Clock.Pass(Lease);
        var collected = await CollectAsync();
        (collected.Links, collected.Blobs, collected.Bytes).ShouldBe((1, 1, 1000));
        (await StatusAsync("GET", $"blobs/{digest}")).ShouldBe(HttpStatusCode.NotFound);
        Host.FilesOf(digest).ShouldBeEmpty();
    }

    [Fact]
    public async Task Asking_for_a_blob_begins_its_lease_anew()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000));
        Clock.Pass(Lease * 0.9);
        (await StatusAsync("HEAD", $"blobs/{digest}")).ShouldBe(HttpStatusCode.OK);
        Clock.Pass(Lease * 0.9);
        (await CollectAsync()).Blobs.ShouldBe(0);
        (await StatusAsync("HEAD", $"blobs/{digest}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_a_tag_needs_stays_for_ever()
    {
        var digest = await Client.PushImageAsync("v1");
        Clock.Pass(TimeSpan.FromDays(3000));
        (await CollectAsync()).Manifests.ShouldBe(0);
        await ShouldBeWholeAsync(digest);
    }

    [Fact]
    public async Task A_manifest_that_was_only_ever_pushed_by_its_digest_stays()
    {
        var manifest = await Client.ManifestAsync();
        await Client.PutManifestAsync(manifest, Digest.Of(manifest).ToString());
        Clock.Pass(TimeSpan.FromDays(3000));
        await CollectAsync();
        await ShouldBeWholeAsync(Digest.Of(manifest));
    }

    [Fact]
    public async Task A_manifest_whose_tag_moved_on_stays()
    {
        var first = await Client.PushImageAsync("v1");
        await Client.PushImageAsync("v1", seed: 2);
        Clock.Pass(TimeSpan.FromDays(3000));
        await CollectAsync();
        await ShouldBeWholeAsync(first);
        Maintenance.ListHistory(Repository, "v1", 10).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_deletion_leaves_goes_when_it_can_no_longer_be_brought_back(bool byTag)
    {
        var digest = await Client.PushImageAsync("v1");
        (await StatusAsync("DELETE", $"manifests/{(byTag ? "v1" : digest.ToString())}")).ShouldBe(HttpStatusCode.Accepted);
        (await StatusAsync("GET", $"manifests/{digest}")).ShouldBe(byTag ? HttpStatusCode.OK : HttpStatusCode.NotFound);
        Clock.Pass(KeepDeleted * 0.9);
        (await CollectAsync()).Manifests.ShouldBe(0);
        Clock.Pass(KeepDeleted * 0.2);
        (await CollectAsync()).Manifests.ShouldBe(1);
        (await StatusAsync("GET", $"manifests/{digest}")).ShouldBe(HttpStatusCode.NotFound);
        // Its blobs have their lease from now on: somebody may be pushing a manifest that names them, too.
        Clock.Pass(Lease);
        (await CollectAsync()).Blobs.ShouldBe(2);
        Directory.GetFiles(Path.Combine(Host.Folder, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_blob_goes_with_the_last_repository_that_has_it()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000), "me/one");
        (await Client.SendAsync("POST", $"/v2/me/two/blobs/uploads/?mount={digest}&from=me/one")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.DeleteAsync($"/v2/me/one/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Host.FilesOf(digest).Length.ShouldBe(1);
        (await Client.DeleteAsync($"/v2/me/two/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Host.FilesOf(digest).ShouldBeEmpty();
    }

    [Fact]
    public async Task Children_and_referrers_go_with_what_holds_them_and_not_before()
    {
        var (child, tagged) = (await Client.ManifestAsync(seed: 1), await Client.ManifestAsync(seed: 2));
        await Client.PutManifestAsync(child, Digest.Of(child).ToString());
        await Client.PutManifestAsync(tagged, "kept");
        var index = new ImageIndex { Manifests = [Describe(child), Describe(tagged)] }.ToBytes();
        await Client.PutManifestAsync(index, "multi", type: MediaTypes.OciIndex);
        var signature = await Client.ManifestAsync(subject: Describe(index, MediaTypes.OciIndex), artifactType: "application/x-signature");
        await Client.PutManifestAsync(signature, Digest.Of(signature).ToString());
        Clock.Pass(TimeSpan.FromDays(3000));
        (await CollectAsync()).Manifests.ShouldBe(0);

        await StatusAsync("DELETE", "manifests/multi");
        Clock.Pass(KeepDeleted);
        (await CollectAsync()).Manifests.ShouldBe(3);
        foreach (var gone in (byte[][])[child, index, signature])
            (await StatusAsync("GET", $"manifests/{Digest.Of(gone)}")).ShouldBe(HttpStatusCode.NotFound);
        await ShouldBeWholeAsync(Digest.Of(tagged));
    }

    [Fact]
    public async Task A_child_of_two_indexes_stays_for_the_other()
    {
        var child = await Client.ManifestAsync();
        await Client.PutManifestAsync(child, Digest.Of(child).ToString());
        var (first, second) = (new ImageIndex { Manifests = [Describe(child)] }.ToBytes(), new ImageIndex { Manifests = [Describe(child), Describe(child)] }.ToBytes());
        await Client.PutManifestAsync(first, "first", type: MediaTypes.OciIndex);
        await Client.PutManifestAsync(second, "second", type: MediaTypes.OciIndex);
        await StatusAsync("DELETE", "manifests/second");
        Clock.Pass(KeepDeleted);
        (await CollectAsync()).Manifests.ShouldBe(1);
        await ShouldBeWholeAsync(Digest.Of(child));
    }

    [Fact]
    public async Task What_refers_to_something_that_never_came_stays()
    {
        var subject = Describe(Encoding.UTF8.GetBytes("{}"));
        var artifact = await Client.ManifestAsync(subject: subject, artifactType: "application/x-sbom");
        await Client.PutManifestAsync(artifact, Digest.Of(artifact).ToString());
        Clock.Pass(TimeSpan.FromDays(3000));
        (await CollectAsync()).Manifests.ShouldBe(0);
        await ShouldBeWholeAsync(Digest.Of(artifact));
    }

    [Fact]
    public async Task A_layer_that_need_not_be_here_stays_where_it_is()
    {
        var layer = Bytes(500, seed: 9);
        await Client.PushBlobAsync(layer);
        var manifest = Manifest.Parse(await Client.ManifestAsync());
        var foreign = new Descriptor { MediaType = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", Digest = Digest.Of(layer), Size = layer.Length };
        await Client.PutManifestAsync((manifest with { Layers = [foreign] }).ToBytes(), "v1");
        Clock.Pass(Lease);
        await CollectAsync();
        (await StatusAsync("HEAD", $"blobs/{Digest.Of(layer)}")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_dry_run_says_what_a_run_removes_and_changes_nothing()
    {
        for (var i = 0; i < 250; i++) await Client.PushBlobAsync(Bytes(100, i));
        var digest = await Client.PushImageAsync("v1", seed: 1000);
        await StatusAsync("DELETE", $"manifests/{digest}");
        Clock.Pass(KeepDeleted);
        var preview = await Maintenance.CollectAsync(dryRun: true, Token);
        (preview.Manifests, preview.Links, preview.Blobs, preview.Bytes).ShouldBe((1, 250, 250, 25_000));
        Host.FilesOf(Digest.Of(Bytes(100, 7))).Length.ShouldBe(1);
        var collected = await CollectAsync();
        (collected.Manifests, collected.Links, collected.Blobs, collected.Bytes).ShouldBe((1, 250, 250, 25_000));
    }

    [Fact]
    public async Task Bytes_that_no_table_knows_are_swept_when_they_are_old()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000));
        await Client.PushImageAsync("v1", seed: 2);
        var known = Host.FileOf(digest);
        File.Copy(known, known + "00");
        File.SetLastWriteTimeUtc(known + "00", Clock.GetUtcNow().UtcDateTime);
        var sweep = Host.Services.GetRequiredService<OrphanSweep>();
        (await sweep.SweepAsync(Token)).ShouldBe(0);
        Clock.Pass(Lease + TimeSpan.FromHours(1));
        (await sweep.SweepAsync(Token)).ShouldBe(1);
        Host.FileOf(digest).ShouldBe(known);
    }

    private static Descriptor Describe(byte[] manifest, string type = MediaTypes.OciManifest) =>
        new() { MediaType = type, Digest = Digest.Of(manifest), Size = manifest.Length };

    private ValueTask<CollectedGarbage> CollectAsync() => Maintenance.CollectAsync(dryRun: false, Token);

    private async Task<HttpStatusCode> StatusAsync(string method, string path) => (await Client.SendAsync(method, $"/v2/{Repository}/{path}")).StatusCode;

    private async Task ShouldBeWholeAsync(Digest digest)
    {
        var manifest = Manifest.Parse(await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/{digest}"));
        foreach (var blob in manifest.Layers.Append(manifest.Config))
            Digest.Of(await Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{blob.Digest}")).ShouldBe(blob.Digest);
    }
}
