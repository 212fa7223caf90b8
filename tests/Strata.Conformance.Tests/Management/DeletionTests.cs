using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Content Management": tags, manifests and blobs are deleted, at once, and once only.</summary>
public sealed class DeletionTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task Without_its_tag_a_manifest_is_still_there(string algorithm)
    {
        var image = await _repository.PushImageAsync("v1", algorithm);
        await _repository.PushImageAsync("v2");
        (await _repository.DeleteManifestAsync("v1")).Should(HttpStatusCode.Accepted);
        await _repository.GetManifestAsync("v1").ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        await _repository.DeleteManifestAsync("v1").ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        (await _repository.GetManifestAsync(image.Digest)).Should(HttpStatusCode.OK);
        Pages.Strings(await _repository.TagsAsync(), "tags").ShouldBe(["v2"]);
    }

    [Fact]
    public async Task A_manifest_goes_with_every_tag_that_named_it()
    {
        var image = await _repository.PushImageAsync("v1");
        (await _repository.PutManifestAsync("v2", image.Bytes)).Should(HttpStatusCode.Created);
        await _repository.PushImageAsync("other");
        (await _repository.DeleteManifestAsync(image.Digest)).Should(HttpStatusCode.Accepted);
        foreach (var reference in (string[])["v1", "v2", image.Digest]) (await _repository.HeadManifestAsync(reference)).Should(HttpStatusCode.NotFound);
        await _repository.DeleteManifestAsync(image.Digest).ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        Pages.Strings(await _repository.TagsAsync(), "tags").ShouldBe(["other"]);
    }

    [Fact]
    public async Task A_deleted_manifest_may_come_back()
    {
        var image = await _repository.PushImageAsync("v1");
        (await _repository.DeleteManifestAsync(image.Digest)).Should(HttpStatusCode.Accepted);
        (await _repository.PutManifestAsync("v1", image.Bytes)).Should(HttpStatusCode.Created);
        (await _repository.GetManifestAsync("v1")).Should(HttpStatusCode.OK).Body.ShouldBe(image.Bytes);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_blob_is_deleted_here_and_stays_elsewhere(string algorithm)
    {
        var content = Sample.Bytes();
        var digest = await _repository.PushBlobAsync(content, algorithm);
        var other = registry.Fresh();
        await other.PushBlobAsync(content, algorithm);
        (await _repository.DeleteBlobAsync(digest)).Should(HttpStatusCode.Accepted);
        (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
        await _repository.DeleteBlobAsync(digest).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        (await other.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
        await _repository.PushBlobAsync(content, algorithm);
        (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
    }

    [Fact]
    public async Task What_was_never_there_cannot_be_deleted()
    {
        var digest = Digests.Of(Sample.Bytes());
        await _repository.DeleteBlobAsync(digest).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN", "NAME_UNKNOWN");
        foreach (var reference in (string[])["v1", digest])
            await _repository.DeleteManifestAsync(reference).ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN", "NAME_UNKNOWN");
    }
}
