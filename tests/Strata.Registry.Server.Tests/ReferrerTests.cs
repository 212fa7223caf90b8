using System.Net;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class ReferrerTests : IAsyncLifetime
{
    private const string Sbom = "application/spdx+json";
    private const string Signature = "application/vnd.example.signature";
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Referrers_are_listed_whether_or_not_the_subject_is_there(bool pushSubject)
    {
        var image = await Client.ManifestAsync();
        if (pushSubject) await Client.PutManifestAsync(image, "v1");
        var subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(image), Size = image.Length };
        var sbom = await Client.ManifestAsync(subject: subject, artifactType: Sbom, annotations: new Dictionary<string, string> { ["made.by"] = "us" });
        var signature = await Client.ManifestAsync(subject: subject, artifactType: Signature);
        var put = await Client.PutManifestAsync(sbom, Digest.Of(sbom).ToString());
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        put.Header("OCI-Subject").ShouldBe(subject.Digest.ToString());
        await Client.PutManifestAsync(signature, "signature");

        var all = await ListAsync(subject.Digest);
        all.Manifests.Select(m => m.Digest).ShouldBe([Digest.Of(sbom), Digest.Of(signature)], ignoreOrder: true);
        var entry = all.Manifests.Single(m => m.ArtifactType == Sbom);
        entry.Size.ShouldBe(sbom.Length);
        entry.MediaType.ShouldBe(MediaTypes.OciManifest);
        entry.Annotations!["made.by"].ShouldBe("us");
    }

    [Fact]
    public async Task A_filter_is_applied_and_said_to_be()
    {
        var subject = await SubjectAsync();
        foreach (var type in (string[])[Sbom, Signature])
            await Client.PutManifestAsync(await Client.ManifestAsync(subject: subject, artifactType: type), "t" + type.Length);
        var response = await Client.GetAsync($"/v2/{Repository}/referrers/{subject.Digest}?artifactType={Uri.EscapeDataString(Sbom)}");
        response.Header("OCI-Filters-Applied").ShouldBe("artifactType");
        ImageIndex.Parse(await response.Content.ReadAsByteArrayAsync()).Manifests.Single().ArtifactType.ShouldBe(Sbom);
    }

    [Fact]
    public async Task Without_an_artifact_type_the_config_says_what_it_is()
    {
        var subject = await SubjectAsync();
        await Client.PutManifestAsync(await Client.ManifestAsync(subject: subject), "x");
        (await ListAsync(subject.Digest)).Manifests.Single().ArtifactType.ShouldBe(MediaTypes.OciConfig);
    }

    [Fact]
    public async Task A_deleted_referrer_is_listed_no_more()
    {
        var subject = await SubjectAsync();
        var referrer = await Client.ManifestAsync(subject: subject, artifactType: Sbom);
        await Client.PutManifestAsync(referrer, "x");
        await Client.DeleteAsync($"/v2/{Repository}/manifests/{Digest.Of(referrer)}");
        (await ListAsync(subject.Digest)).Manifests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_nothing_there_are_no_referrers_and_no_404()
    {
        (await ListAsync(Digest.Of(Bytes(3)), "no/such")).Manifests.ShouldBeEmpty();
        await (await Client.GetAsync($"/v2/{Repository}/referrers/sha256:zz")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
    }

    [Fact]
    public async Task Large_annotations_are_spread_over_pages()
    {
        var subject = await SubjectAsync();
        var large = new string('x', 1_500_000);
        for (var i = 0; i < 3; i++)
        {
            var annotations = new Dictionary<string, string> { ["large"] = large, ["number"] = i.ToString(System.Globalization.CultureInfo.InvariantCulture) };
            await Client.PutManifestAsync(await Client.ManifestAsync(subject: subject, artifactType: Sbom, annotations: annotations), "t" + i);
        }
        var found = new List<Digest>();
        var path = $"/v2/{Repository}/referrers/{subject.Digest}?artifactType={Uri.EscapeDataString(Sbom)}";
        while (path is not null)
        {
            var response = await Client.GetAsync(path);
            var content = await response.Content.ReadAsByteArrayAsync();
            content.Length.ShouldBeLessThan(Manifest.MaxBytes);
            found.AddRange(ImageIndex.Parse(content).Manifests.Select(m => m.Digest));
            var link = response.Header("Link");
            path = link.Length == 0 ? null : link[1..link.IndexOf('>', StringComparison.Ordinal)];
        }
        found.Distinct().Count().ShouldBe(3);
        found.Count.ShouldBe(3);
    }

    private async Task<Descriptor> SubjectAsync()
    {
        var image = await Client.ManifestAsync();
        await Client.PutManifestAsync(image, "v1");
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(image), Size = image.Length };
    }

    private async Task<ImageIndex> ListAsync(Digest subject, string repository = Repository)
    {
        var response = await Client.GetAsync($"/v2/{repository}/referrers/{subject}");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe(MediaTypes.OciIndex);
        var index = ImageIndex.Parse(await response.Content.ReadAsByteArrayAsync());
        index.MediaType.ShouldBe(MediaTypes.OciIndex);
        return index;
    }
}
