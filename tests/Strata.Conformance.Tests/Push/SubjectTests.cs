using System.Net;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pushing Manifests with Subject".</summary>
public sealed class SubjectTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<string, string> Algorithms => new([Digests.Sha256, Digests.Sha512], [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_subject_need_not_be_there_and_the_push_says_that_it_was_seen(string algorithm, string subjectAlgorithm)
    {
        var subject = Digests.Of(Sample.Bytes(), subjectAlgorithm);
        var package = new Package(algorithm);
        var artifact = package.AddArtifact(
            MediaTypes.Sbom, m => m["subject"] = new JsonObject { ["mediaType"] = MediaTypes.Manifest, ["digest"] = subject, ["size"] = 123 });
        await package.PushBlobsAsync(_repository);
        var put = (await _repository.PutManifestAsync(artifact.Digest, artifact.Bytes)).Should(HttpStatusCode.Created);
        put.Header("OCI-Subject").ShouldBe(subject);
        await Listed.ShouldBeAsync(_repository, subject, package.Referrers);
    }

    [Fact]
    public async Task A_push_without_a_subject_says_nothing_of_one()
    {
        var image = await _repository.PushImageAsync(tag: null);
        (await _repository.PutManifestAsync("v1", image.Bytes)).Should(HttpStatusCode.Created).Header("OCI-Subject").ShouldBeNull();
    }
}
