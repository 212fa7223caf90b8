using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Each kind of content through its whole life, as clients take it: pushed, listed, pulled, referred to, deleted.</summary>
public sealed class WalkTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    public static MatrixTheoryData<string, string> Everything => new(Packages.Kinds.Keys, [Digests.Sha256, Digests.Sha512]);

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Content_lives_from_its_push_to_its_deletion(string kind, string algorithm)
    {
        var package = Packages.Of(kind, algorithm);
        await PushAsync(package);
        Pages.Strings((await _repository.TagsAsync()).Should(HttpStatusCode.OK), "tags").ShouldBe(package.Tags.Keys.Order(StringComparer.Ordinal));
        await PullAsync(package);
        await ReferAsync(package);
        await DeleteAsync(package);
    }

    private async Task PushAsync(Package package)
    {
        var pushers = Pushers.All;
        foreach (var ((digest, content), i) in package.Blobs.Select((b, i) => (b, i))) await pushers[i % pushers.Length](_repository, content, digest);
        foreach (var manifest in package.Manifests) await PutAsync(manifest, manifest.Digest);
        foreach (var (tag, manifest) in package.Tags)
        {
            // Under a tag alone a manifest would have a sha256 digest: another algorithm is said by the path, and the tag by the query.
            if (package.Algorithm == Digests.Sha256) await PutAsync(manifest, tag);
            else registry.Optional((await PutAsync(manifest, $"{manifest.Digest}?tag={tag}")).Values("OCI-Tag").Contains(tag), "tags in the query of a push");
        }
    }

    private async Task<Answer> PutAsync(Document manifest, string reference)
    {
        var put = (await _repository.PutManifestAsync(reference, manifest.Bytes, manifest.MediaType)).Should(HttpStatusCode.Created);
        (put.Digest ?? manifest.Digest).ShouldBe(manifest.Digest);
        if (manifest.Subject is { } subject) put.Header("OCI-Subject").ShouldBe(subject);
        var there = await registry.SendAsync("GET", put.Location.ShouldNotBeNull());
        there.Should(HttpStatusCode.OK).Body.ShouldBe(manifest.Bytes);
        return put;
    }

    private async Task PullAsync(Package package)
    {
        foreach (var (reference, manifest) in package.Tags.Select(t => (t.Key, t.Value)).Concat(package.Manifests.Select(m => (m.Digest, m))))
        {
            var get = (await _repository.GetManifestAsync(reference)).Should(HttpStatusCode.OK);
            get.Body.ShouldBe(manifest.Bytes);
            var head = (await _repository.HeadManifestAsync(reference)).Should(HttpStatusCode.OK);
            foreach (var answer in (Answer[])[get, head])
                (answer.Type, answer.Length, answer.Digest).ShouldBe((manifest.MediaType, manifest.Bytes.Length, manifest.Digest));
        }
        foreach (var (digest, content) in package.Blobs)
        {
            (await _repository.GetBlobAsync(digest)).Should(HttpStatusCode.OK).Body.ShouldBe(content);
            (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.OK).Length.ShouldBe(content.Length);
        }
    }

    private async Task ReferAsync(Package package)
    {
        foreach (var below in package.Referrers.GroupBy(r => r.Subject, StringComparer.Ordinal))
        {
            await Listed.ShouldBeAsync(_repository, below.Key, below);
            foreach (var kind in below.Where(r => r.ArtifactType is not null).GroupBy(r => r.ArtifactType!, StringComparer.Ordinal))
                await Listed.ShouldBeAsync(_repository, below.Key, kind, kind.Key);
        }
    }

    private async Task DeleteAsync(Package package)
    {
        foreach (var tag in package.Tags.Keys)
        {
            (await _repository.DeleteManifestAsync(tag)).Should(HttpStatusCode.Accepted);
            (await _repository.HeadManifestAsync(tag)).Should(HttpStatusCode.NotFound);
        }
        foreach (var manifest in Enumerable.Reverse(package.Manifests))
        {
            (await _repository.DeleteManifestAsync(manifest.Digest)).Should(HttpStatusCode.Accepted);
            (await _repository.HeadManifestAsync(manifest.Digest)).Should(HttpStatusCode.NotFound);
        }
        foreach (var digest in package.Blobs.Keys)
        {
            (await _repository.DeleteBlobAsync(digest)).Should(HttpStatusCode.Accepted);
            (await _repository.HeadBlobAsync(digest)).Should(HttpStatusCode.NotFound);
        }
        Pages.Strings((await _repository.TagsAsync()).Should(HttpStatusCode.OK), "tags").ShouldBeEmpty();
        foreach (var referrer in package.Referrers) await Listed.ShouldBeAsync(_repository, referrer.Subject, []);
    }
}
