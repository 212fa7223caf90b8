using System.Net;
using System.Text.Json.Nodes;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Listing Referrers"; what each kind looks like in the list is in Walk.</summary>
public sealed class ReferrerTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task Of_what_nobody_refers_to_the_list_is_empty_and_there(string algorithm)
    {
        var subject = Digests.Of(Sample.Bytes(), algorithm);
        await Listed.ShouldBeAsync(_repository, subject, []);
        await _repository.PushImageAsync("v1");
        await Listed.ShouldBeAsync(_repository, subject, []);
        await Listed.ShouldBeAsync(_repository, subject, [], MediaTypes.Sbom);
    }

    [Fact]
    public async Task A_head_says_what_a_get_would()
    {
        var head = await registry.SendAsync("HEAD", $"{_repository.Path}/referrers/{Digests.Of(Sample.Bytes())}");
        head.Should(HttpStatusCode.OK).Body.ShouldBeEmpty();
        head.Type.ShouldBe(MediaTypes.Index);
    }

    [Theory]
    [InlineData("sha256:baddigeststring")]
    [InlineData("v1")]
    public async Task Of_what_is_no_digest_there_is_no_list(string subject) =>
        await _repository.ReferrersAsync(subject).ShouldBeAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID", "MANIFEST_INVALID");

    [Fact]
    public async Task A_referrer_in_another_repository_is_not_listed()
    {
        var image = await _repository.PushImageAsync("v1");
        await ReferAsync(registry.Fresh(), image.Digest, 1);
        await Listed.ShouldBeAsync(_repository, image.Digest, []);
    }

    [Theory]
    [MemberData(nameof(Digests.Both), MemberType = typeof(Digests))]
    public async Task Referrers_stay_listed_when_their_subject_is_deleted_and_go_when_they_are(string algorithm)
    {
        var image = await _repository.PushImageAsync(tag: null, algorithm);
        var package = await ReferAsync(_repository, image.Digest, 3);
        (await _repository.DeleteManifestAsync(image.Digest)).Should(HttpStatusCode.Accepted);
        await Listed.ShouldBeAsync(_repository, image.Digest, package.Referrers);
        (await _repository.DeleteManifestAsync(package.Referrers[1].Manifest.Digest)).Should(HttpStatusCode.Accepted);
        await Listed.ShouldBeAsync(_repository, image.Digest, [package.Referrers[0], package.Referrers[2]]);
    }

    [Fact]
    public async Task A_list_too_long_for_one_answer_goes_on_in_the_next_and_keeps_its_filter()
    {
        var subject = Digests.Of(Sample.Bytes());
        var package = await ReferAsync(_repository, subject, 4, new string('x', 1_200_000));
        await ReferAsync(_repository, subject, 1, type: MediaTypes.Signature);
        var pages = await Pages.FollowAsync(registry, $"{_repository.Path}/referrers/{subject}?artifactType={Uri.EscapeDataString(MediaTypes.Sbom)}");
        foreach (var page in pages) page.Values("OCI-Filters-Applied").ShouldContain("artifactType");
        pages.SelectMany(Listed.Of).Select(e => e["digest"]!.GetValue<string>())
            .ShouldBe(package.Referrers.Select(r => r.Manifest.Digest), ignoreOrder: true);
    }

    private static async Task<Package> ReferAsync(Repository repository, string subject, int count, string text = "", string type = MediaTypes.Sbom)
    {
        var package = new Package(Digests.Sha256);
        for (var i = 0; i < count; i++)
        {
            package.AddArtifact(
                type,
                m =>
                {
                    m["subject"] = new JsonObject { ["mediaType"] = MediaTypes.Manifest, ["digest"] = subject, ["size"] = 1 };
                    m["annotations"] = new JsonObject { ["text"] = text };
                });
        }
        await package.PushBlobsAsync(repository);
        foreach (var manifest in package.Manifests) (await repository.PutManifestAsync(manifest.Digest, manifest.Bytes)).Should(HttpStatusCode.Created);
        return package;
    }
}
