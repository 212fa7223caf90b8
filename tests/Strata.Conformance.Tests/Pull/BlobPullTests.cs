using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pulling blobs" and "Checking if content exists in the registry".</summary>
public sealed class BlobPullTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [InlineData(0, Digests.Sha256)]
    [InlineData(0, Digests.Sha512)]
    [InlineData(1, Digests.Sha256)]
    [InlineData(512, Digests.Sha512)]
    [InlineData(3_000_000, Digests.Sha256)]
    [InlineData(3_000_000, Digests.Sha512)]
    public async Task A_blob_is_got_and_asked_for_under_its_digest(int size, string algorithm)
    {
        var content = Sample.Bytes(size);
        var digest = await _repository.PushBlobAsync(content, algorithm);
        var get = (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK);
        get.Body.ShouldBe(content);
        var head = (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.OK);
        head.Body.ShouldBeEmpty();
        foreach (var answer in (Answer[])[get, head]) (answer.Length, answer.Digest).ShouldBe((size, digest));
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_blob_that_was_never_pushed_is_unknown(string algorithm)
    {
        await _repository.PushBlobAsync(Sample.Bytes());
        var missing = Digests.Of(Sample.Bytes(), algorithm);
        await _repository.GetBlobAsync(missing).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        (await _repository.HeadBlobAsync(missing)).Should(HttpStatusCode.NotFound).Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_blob_is_unknown_in_a_repository_that_is_not_there() =>
        await _repository.GetBlobAsync(Digests.Of(Sample.Bytes())).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN", "NAME_UNKNOWN");

    [Fact]
    public async Task A_blob_is_seen_only_where_it_was_pushed()
    {
        var digest = await _repository.PushBlobAsync(Sample.Bytes());
        var other = registry.Fresh();
        await other.PushBlobAsync(Sample.Bytes());
        await other.GetBlobAsync(digest).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        (await other.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_same_bytes_under_two_algorithms_are_two_blobs()
    {
        var content = Sample.Bytes();
        await _repository.PushBlobAsync(content, Digests.Sha256);
        var other = Digests.Of(content, Digests.Sha512);
        (await _repository.HeadBlobAsync(other)).Should(HttpStatusCode.NotFound);
        await _repository.PushBlobAsync(content, Digests.Sha512);
        (await _repository.DeleteBlobAsync(other)).Should(HttpStatusCode.Accepted);
        (await _repository.HeadBlobAsync(Digests.Of(content, Digests.Sha256))).Should(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_blob_that_the_client_has_is_not_sent_again()
    {
        var digest = await _repository.PushBlobAsync(Sample.Bytes());
        var tag = (await _repository.GetBlobAsync(digest)).Header("ETag");
        registry.Optional(tag is not null, "an ETag on blobs");
        (await _repository.GetBlobAsync(digest, ("If-None-Match", tag!))).Should(HttpStatusCode.NotModified).Body.ShouldBeEmpty();
    }
}
