using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pulling manifests".</summary>
public sealed class ManifestPullTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [InlineData(MediaTypes.Manifest)]
    [InlineData("*/*")]
    [InlineData("application/*;q=0.5, text/html")]
    [InlineData(MediaTypes.DockerList + ", " + MediaTypes.Index + "," + MediaTypes.Manifest + ";q=0.8")]
    public async Task Whatever_else_a_client_accepts_it_gets_the_type_that_was_pushed(string accept)
    {
        var image = await _repository.PushImageAsync("v1");
        var answer = (await _repository.GetManifestAsync("v1", ("Accept", accept))).Should(HttpStatusCode.OK);
        (answer.Type, answer.Digest).ShouldBe((MediaTypes.Manifest, image.Digest));
    }

    [Fact]
    public async Task A_client_that_says_nothing_of_what_it_accepts_gets_the_manifest()
    {
        var image = await _repository.PushImageAsync("v1");
        (await registry.SendAsync("GET", _repository.ManifestPath("v1"))).Should(HttpStatusCode.OK).Body.ShouldBe(image.Bytes);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_manifest_that_was_never_pushed_is_unknown(string algorithm)
    {
        await _repository.PushImageAsync("v1");
        foreach (var reference in (string[])["missing", Digests.Of(Sample.Bytes(), algorithm)])
        {
            await _repository.GetManifestAsync(reference).ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
            (await _repository.HeadManifestAsync(reference)).Should(HttpStatusCode.NotFound).Body.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_manifest_is_unknown_in_a_repository_that_is_not_there() =>
        await _repository.GetManifestAsync("v1").ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN", "NAME_UNKNOWN");

    [Fact]
    public async Task A_manifest_is_seen_only_where_it_was_pushed()
    {
        var image = await _repository.PushImageAsync("v1");
        var other = registry.Fresh();
        await other.PushImageAsync("v2");
        await other.GetManifestAsync(image.Digest).ShouldBeAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
    }

    [Fact]
    public async Task A_manifest_that_the_client_has_is_not_sent_again()
    {
        await _repository.PushImageAsync("v1");
        var tag = (await _repository.GetManifestAsync("v1")).Header("ETag");
        registry.Optional(tag is not null, "an ETag on manifests");
        foreach (var held in (string[])[tag!, $"\"other\", {tag}", $"W/{tag}", "*"])
            (await _repository.GetManifestAsync("v1", ("If-None-Match", held))).Should(HttpStatusCode.NotModified).Body.ShouldBeEmpty();
        (await _repository.GetManifestAsync("v1", ("If-None-Match", "\"other\""))).Should(HttpStatusCode.OK);
        (await _repository.GetManifestAsync("v2", ("If-None-Match", "*"))).Should(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_blob_is_no_manifest_and_a_manifest_is_no_blob()
    {
        var image = await _repository.PushImageAsync("v1");
        var blob = await _repository.PushBlobAsync(Sample.Bytes());
        (await _repository.GetManifestAsync(blob)).Should(HttpStatusCode.NotFound);
        (await _repository.GetManifestAsync(image.Digest)).Should(HttpStatusCode.OK);
    }
}
