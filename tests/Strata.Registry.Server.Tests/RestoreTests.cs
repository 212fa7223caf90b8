using System.Net;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class RestoreTests : MaintainedRegistry
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_tag_comes_back_with_its_manifest_and_its_blobs(bool byTag)
    {
        var digest = await Client.PushImageAsync("v1");
        var manifest = Manifest.Parse(await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v1"));
        await Client.DeleteAsync($"/v2/{Repository}/manifests/{(byTag ? "v1" : digest.ToString())}");
        (await Client.DeleteAsync($"/v2/{Repository}/blobs/{manifest.Config.Digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Client.GetAsync($"/v2/{Repository}/blobs/{manifest.Config.Digest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Clock.Pass(new GarbageOptions().KeepDeleted * 0.9);
        await Maintenance.CollectAsync(dryRun: false, Token);

        (await Maintenance.RestoreTagAsync(Repository, "v1", digest: null, Token)).ShouldBe(digest);
        Digest.Of(await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v1")).ShouldBe(digest);
        (await Client.GetAsync($"/v2/{Repository}/blobs/{manifest.Config.Digest}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        Maintenance.ListHistory(Repository, "v1", 10).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tag_that_moved_can_be_moved_back()
    {
        var (first, second) = (await Client.PushImageAsync("v1"), await Client.PushImageAsync("v1", seed: 2));
        var past = Maintenance.ListHistory(Repository, "", 10).ShouldHaveSingleItem();
        (past.Name, past.Digest, past.IsDeleted).ShouldBe(("v1", first, false));
        (await Maintenance.RestoreTagAsync(Repository, "v1", first, Token)).ShouldBe(first);
        Digest.Of(await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v1")).ShouldBe(first);
        Maintenance.ListHistory(Repository, "v1", 10).ShouldHaveSingleItem().Digest.ShouldBe(second);
    }

    [Fact]
    public async Task An_index_comes_back_with_its_children()
    {
        var child = await Client.ManifestAsync();
        await Client.PutManifestAsync(child, Digest.Of(child).ToString());
        var index = new ImageIndex { Manifests = [new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(child), Size = child.Length }] }.ToBytes();
        await Client.PutManifestAsync(index, "multi", type: MediaTypes.OciIndex);
        foreach (var gone in (byte[][])[index, child]) await Client.DeleteAsync($"/v2/{Repository}/manifests/{Digest.Of(gone)}");
        (await Maintenance.RestoreTagAsync(Repository, "multi", digest: null, Token)).ShouldBe(Digest.Of(index));
        (await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/{Digest.Of(child)}")).ShouldBe(child);
    }

    [Fact]
    public async Task A_manifest_without_a_tag_comes_back()
    {
        var manifest = await Client.ManifestAsync();
        var digest = Digest.Of(manifest);
        await Client.PutManifestAsync(manifest, digest.ToString());
        await Client.DeleteAsync($"/v2/{Repository}/manifests/{digest}");
        (await Maintenance.RestoreManifestAsync(Repository, digest, Token)).ShouldBeTrue();
        (await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/{digest}")).ShouldBe(manifest);
    }

    [Fact]
    public async Task What_is_gone_for_good_or_never_was_does_not_come_back()
    {
        var digest = await Client.PushImageAsync("v1");
        await Client.DeleteAsync($"/v2/{Repository}/manifests/v1");
        Clock.Pass(new GarbageOptions().KeepDeleted);
        await Maintenance.CollectAsync(dryRun: false, Token);
        (await Maintenance.RestoreTagAsync(Repository, "v1", digest: null, Token)).ShouldBeNull();
        (await Maintenance.RestoreManifestAsync(Repository, digest, Token)).ShouldBeFalse();
        (await Maintenance.RestoreTagAsync("me/nothing", "v1", digest: null, Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Pushing_a_deleted_manifest_again_is_bringing_it_back()
    {
        var manifest = await Client.ManifestAsync();
        await Client.PutManifestAsync(manifest, "v1");
        await Client.DeleteAsync($"/v2/{Repository}/manifests/{Digest.Of(manifest)}");
        (await Client.PutManifestAsync(manifest, "v2")).StatusCode.ShouldBe(HttpStatusCode.Created);
        Clock.Pass(TimeSpan.FromDays(100));
        await Maintenance.CollectAsync(dryRun: false, Token);
        (await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v2")).ShouldBe(manifest);
    }

    [Fact]
    public async Task Deleting_a_subject_warns_of_what_refers_to_it_and_takes_it_along_on_request()
    {
        var image = await Client.ManifestAsync();
        await Client.PutManifestAsync(image, "v1");
        var subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(image), Size = image.Length };
        var signature = await Client.ManifestAsync(subject: subject, artifactType: "application/x-signature");
        await Client.PutManifestAsync(signature, Digest.Of(signature).ToString());

        var deleted = await Client.DeleteAsync($"/v2/{Repository}/manifests/{subject.Digest}");
        deleted.Header("Warning").ShouldStartWith("299 - \"1 manifest");
        (await Client.JsonAsync($"/v2/{Repository}/referrers/{subject.Digest}")).GetProperty("manifests").GetArrayLength().ShouldBe(1);
        await Client.PutManifestAsync(image, "v1");
        deleted = await Client.DeleteAsync($"/v2/{Repository}/manifests/{subject.Digest}?referrers=true");
        deleted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        deleted.Header("Warning").ShouldBe("");
        (await Client.JsonAsync($"/v2/{Repository}/referrers/{subject.Digest}")).GetProperty("manifests").GetArrayLength().ShouldBe(0);
    }
}
