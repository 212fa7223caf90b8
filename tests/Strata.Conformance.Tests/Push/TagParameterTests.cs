using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Tags in the query of a push by digest: the only way to a tag for a digest that is not sha256.</summary>
public sealed class TagParameterTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_push_by_digest_sets_all_tags_of_its_query(string algorithm)
    {
        var image = await _repository.PushImageAsync(tag: null, algorithm);
        var put = (await _repository.PutManifestAsync($"{image.Digest}?tag=a&tag=b.1&tag=c_2", image.Bytes)).Should(HttpStatusCode.Created);
        registry.Optional(put.Header("OCI-Tag") is not null, "tags in the query of a push");
        put.Values("OCI-Tag").ShouldBe(["a", "b.1", "c_2"], ignoreOrder: true);
        put.Digest.ShouldBe(image.Digest);
        Pages.Strings(await _repository.TagsAsync(), "tags").ShouldBe(["a", "b.1", "c_2"]);
        foreach (var tag in (string[])["a", "b.1", "c_2"]) (await _repository.HeadManifestAsync(tag)).Should(HttpStatusCode.OK).Digest.ShouldBe(image.Digest);
    }

    [Fact]
    public async Task A_tag_of_the_query_that_is_none_is_refused_and_nothing_is_set()
    {
        var image = await _repository.PushImageAsync(tag: null);
        var put = await _repository.PutManifestAsync($"{image.Digest}?tag=good&tag=-bad", image.Bytes);
        registry.Optional(put.Status != HttpStatusCode.Created, "tags in the query of a push");
        put.ShouldBeFault(HttpStatusCode.BadRequest, "TAG_INVALID", "MANIFEST_INVALID");
        (await _repository.HeadManifestAsync("good")).Should(HttpStatusCode.NotFound);
    }
}
