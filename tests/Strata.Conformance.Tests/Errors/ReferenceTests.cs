using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>The grammar of tags and digests: what is neither is refused, wherever it is said.</summary>
public sealed class ReferenceTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    public static TheoryData<string> NoDigests => new(
        "sha256:baddigeststring",
        "sha256:",
        "sha256:" + new string('a', 63),
        "sha256:" + new string('a', 65),
        "sha256:" + new string('A', 64),
        "sha256:" + new string('g', 64),
        "SHA256:" + new string('a', 64),
        "sha512:" + new string('a', 64),
        "sha384:" + new string('a', 96),
        "blake3:" + new string('a', 64),
        "md5:" + new string('a', 32),
        "sha256+b64:" + new string('a', 64),
        "sha256-" + new string('a', 64) + ":");

    [Theory]
    [InlineData("a")]
    [InlineData("_")]
    [InlineData("0.1-RC_2")]
    [InlineData("UPPER")]
    [InlineData("sha256-0123456789abcdef.sig")]
    [InlineData("list")]
    public async Task A_tag_may_be_of_every_form_that_the_grammar_has(string tag)
    {
        var image = await _repository.PushImageAsync(tag);
        (await _repository.GetManifestAsync(tag)).Should(HttpStatusCode.OK).Body.ShouldBe(image.Bytes);
    }

    [Theory]
    [InlineData(127, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public async Task A_tag_may_have_128_characters(int length, bool taken)
    {
        var image = await _repository.PushImageAsync(tag: null);
        var put = await _repository.PutManifestAsync(new string('t', length), image.Bytes);
        if (taken) put.Should(HttpStatusCode.Created);
        else put.Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("a%20b")]
    [InlineData("a+b")]
    [InlineData("%C3%A9")]
    public async Task What_is_no_tag_is_refused(string tag)
    {
        var image = await _repository.PushImageAsync(tag: null);
        (await _repository.PutManifestAsync(tag, image.Bytes)).Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        (await _repository.GetManifestAsync(tag)).Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(NoDigests))]
    public async Task What_is_no_digest_is_refused_by_every_end_point(string digest)
    {
        var image = await _repository.PushImageAsync("v1");
        (await _repository.PutManifestAsync(digest, image.Bytes)).ShouldBeFault(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        foreach (var method in (string[])["GET", "HEAD", "DELETE"])
        {
            foreach (var path in (string[])[_repository.ManifestPath(digest), _repository.BlobPath(digest)])
                (await registry.SendAsync(method, path)).Should(HttpStatusCode.BadRequest, HttpStatusCode.NotFound);
        }
        foreach (var put in (Answer[])[
            await Pushers.FinishAsync(_repository, await _repository.BeginAsync(), Sample.Bytes(), Uri.EscapeDataString(digest)),
            await Pushers.PostAsync(_repository, Sample.Bytes(), Uri.EscapeDataString(digest))])
            put.ShouldBeFault(HttpStatusCode.BadRequest, "DIGEST_INVALID");
    }

    [Fact]
    public async Task An_upload_is_not_finished_without_a_digest() =>
        await registry.SendAsync("PUT", await _repository.BeginAsync(), Sample.Bytes()).ShouldBeAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");

    [Theory]
    [InlineData("sha256:zz")]
    [InlineData("blake3:" + "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_manifest_that_names_what_is_no_digest_is_refused(string digest)
    {
        var package = new Package(Digests.Sha256);
        var image = package.AddImage(m => m["layers"]![0]!["digest"] = digest);
        await package.PushBlobsAsync(_repository);
        await _repository.PutManifestAsync("v1", image.Bytes)
            .ShouldBeAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID", "DIGEST_INVALID", "MANIFEST_BLOB_UNKNOWN");
    }
}
