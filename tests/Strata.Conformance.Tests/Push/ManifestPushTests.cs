using System.Net;
using System.Text;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pushing Manifests".</summary>
public sealed class ManifestPushTests(Registry registry)
{
    private const int FourMebibytes = 4 * 1024 * 1024;
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task A_manifest_under_a_digest_that_is_not_its_own_is_refused(string algorithm)
    {
        var image = await _repository.PushImageAsync(tag: null, algorithm);
        var wrong = Digests.Of(Sample.Bytes(), algorithm);
        await _repository.PutManifestAsync(wrong, image.Bytes).ShouldBeAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        await _repository.PutManifestAsync(image.Digest, [.. image.Bytes, .. "  "u8]).ShouldBeAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        (await _repository.HeadManifestAsync(wrong)).Should(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_bytes_come_back_as_they_were_pushed_spaces_and_all()
    {
        var image = await _repository.PushImageAsync("v1");
        byte[] spaced = [.. "\n  "u8, .. image.Bytes, .. "\r\n\t"u8];
        (await _repository.PutManifestAsync("v2", spaced)).Should(HttpStatusCode.Created).Digest.ShouldBe(Digests.Of(spaced));
        (await _repository.GetManifestAsync("v2")).Body.ShouldBe(spaced);
    }

    [Theory]
    [InlineData("")]
    [InlineData("blablabla")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"schemaVersion\":2}")]
    public async Task What_is_no_manifest_is_refused(string content) =>
        await _repository.PutManifestAsync("v1", Encoding.UTF8.GetBytes(content))
            .ShouldBeAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID", "MANIFEST_UNVERIFIED", "MANIFEST_BLOB_UNKNOWN");

    [Fact]
    public async Task A_manifest_that_says_it_is_something_else_than_its_content_type_is_refused()
    {
        var image = await _repository.PushImageAsync("v1");
        await _repository.PutManifestAsync("v2", image.Bytes, MediaTypes.Index).ShouldBeAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");
    }

    /// <summary>CVE-2021-41190: what could be taken for the other kind.</summary>
    [Theory]
    [InlineData("manifests")]
    [InlineData("fsLayers")]
    public async Task An_image_that_could_be_taken_for_something_else_is_refused(string member)
    {
        var package = new Package(Digests.Sha256);
        var image = package.AddImage(m => m[member] = new System.Text.Json.Nodes.JsonArray());
        await package.PushBlobsAsync(_repository);
        await _repository.PutManifestAsync("v1", image.Bytes).ShouldBeAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");
        (await _repository.HeadManifestAsync("v1")).Should(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("layers")]
    [InlineData("config")]
    [InlineData("history")]
    public async Task An_index_that_could_be_taken_for_something_else_is_refused(string member)
    {
        var index = Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.Index}}","manifests":[],"{{member}}":[]}""");
        await _repository.PutManifestAsync("v1", index, MediaTypes.Index).ShouldBeAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");
    }

    /// <summary>Only at the top: what annotations and platforms are called is theirs.</summary>
    [Fact]
    public async Task Words_of_other_kinds_deeper_in_a_manifest_are_no_reason_to_refuse_it()
    {
        var package = new Package(Digests.Sha256);
        var image = package.AddImage(m => m["annotations"] = new System.Text.Json.Nodes.JsonObject { ["manifests"] = "x", ["fsLayers"] = "y" });
        await package.PushBlobsAsync(_repository);
        (await _repository.PutManifestAsync("v1", image.Bytes)).Should(HttpStatusCode.Created);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task An_image_of_which_a_blob_is_missing_is_refused_by_name(string algorithm)
    {
        var package = new Package(algorithm);
        var image = package.AddImage();
        package.Blobs.Remove(package.Blobs.Keys.Last());
        await package.PushBlobsAsync(_repository);
        var answer = await _repository.PutManifestAsync(image.Digest, image.Bytes);
        registry.Optional(answer.Status != HttpStatusCode.Created, "a check that a manifest's blobs are there");
        answer.Should(HttpStatusCode.NotFound, HttpStatusCode.BadRequest).ShouldBeFault(answer.Status, "MANIFEST_BLOB_UNKNOWN");
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task A_manifest_may_have_four_mebibytes(int more, bool taken)
    {
        var image = await _repository.PushImageAsync("v1");
        byte[] padded = [.. image.Bytes, .. Enumerable.Repeat((byte)' ', FourMebibytes + more - image.Bytes.Length)];
        if (!taken)
        {
            (await _repository.PutManifestAsync("v2", padded)).Should(HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest);
            return;
        }
        (await _repository.PutManifestAsync("v2", padded)).Should(HttpStatusCode.Created);
        (await _repository.GetManifestAsync("v2")).Body.ShouldBe(padded);
    }

    [Fact]
    public async Task A_tag_moves_and_what_it_named_stays()
    {
        var first = await _repository.PushImageAsync("v1");
        var second = await _repository.PushImageAsync("v1");
        (await _repository.GetManifestAsync("v1")).Digest.ShouldBe(second.Digest);
        (await _repository.GetManifestAsync(first.Digest)).Should(HttpStatusCode.OK).Body.ShouldBe(first.Bytes);
    }

    [Fact]
    public async Task A_manifest_may_come_twice()
    {
        var image = await _repository.PushImageAsync("v1");
        (await _repository.PutManifestAsync("v1", image.Bytes)).Should(HttpStatusCode.Created);
        (await _repository.GetManifestAsync("v1")).Body.ShouldBe(image.Bytes);
    }

    [Fact]
    public async Task A_manifest_is_pushed_without_its_length_said()
    {
        var image = await _repository.PushImageAsync("v1");
        var answer = await registry.SendAsync(
            "PUT", _repository.ManifestPath("v2"), new StreamContent(new MemoryStream(image.Bytes)),
            ("Content-Type", MediaTypes.Manifest), ("Transfer-Encoding", "chunked"));
        answer.Should(HttpStatusCode.Created).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_manifest_of_one_algorithm_may_name_blobs_of_the_other()
    {
        var (inner, outer) = (new Package(Digests.Sha512), new Package(Digests.Sha256));
        var image = inner.AddImage();
        await inner.PushBlobsAsync(_repository);
        var digest = Digests.Of(image.Bytes, Digests.Sha256);
        (await _repository.PutManifestAsync(digest, image.Bytes)).Should(HttpStatusCode.Created);
        (await _repository.PutManifestAsync(image.Digest, image.Bytes)).Should(HttpStatusCode.Created);
        var index = outer.AddIndex([image.Descriptor]);
        (await _repository.PutManifestAsync("both", index.Bytes, MediaTypes.Index)).Should(HttpStatusCode.Created);
        (await _repository.DeleteManifestAsync(digest)).Should(HttpStatusCode.Accepted);
        (await _repository.GetManifestAsync(image.Digest)).Should(HttpStatusCode.OK).Body.ShouldBe(image.Bytes);
    }
}
