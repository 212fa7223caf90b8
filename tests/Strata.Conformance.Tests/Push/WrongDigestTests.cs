using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Content that is not what its digest says never becomes a blob.</summary>
public sealed class WrongDigestTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<string, string> Ways => new(["POST then PUT", "chunks", "chunks, the last in the PUT", "a stream"], [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_push_of_other_bytes_is_refused(string way, string algorithm)
    {
        var (content, digest) = (Sample.Bytes(3000), Digests.Of(Sample.Bytes(), algorithm));
        (await LastAsync(way, content, digest)).ShouldBeFault(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
        (await _repository.HeadBlobAsync(Digests.Of(content, algorithm))).Should(HttpStatusCode.NotFound);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task One_post_of_other_bytes_is_refused(string algorithm)
    {
        var digest = Digests.Of(Sample.Bytes(), algorithm);
        var answer = await Pushers.PostAsync(_repository, Sample.Bytes(), digest);
        registry.Optional(answer.Status != HttpStatusCode.Accepted, "a push in one POST");
        answer.ShouldBeFault(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
    }

    private async Task<Answer> LastAsync(string way, byte[] content, string digest)
    {
        var location = await _repository.BeginAsync();
        if (way == "POST then PUT") return await Pushers.FinishAsync(_repository, location, content, digest);
        var patched = way == "a stream"
            ? await Pushers.StreamedAsync(_repository, "PATCH", location, content)
            : await Pushers.ChunkAsync(_repository, "PATCH", location, content, 0, 2000);
        location = patched.Should(HttpStatusCode.Accepted).Location!;
        if (way == "a stream") return await Pushers.FinishAsync(_repository, location, [], digest);
        if (way == "chunks, the last in the PUT") return await Pushers.ChunkAsync(_repository, "PUT", Digests.Onto(location, digest), content, 2000, 1000);
        patched = await Pushers.ChunkAsync(_repository, "PATCH", location, content, 2000, 1000);
        return await Pushers.FinishAsync(_repository, patched.Location!, [], digest);
    }
}
