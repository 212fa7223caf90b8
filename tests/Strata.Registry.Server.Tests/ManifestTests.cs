using System.Net;
using System.Text;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class ManifestTests : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_manifest_is_pushed_by_tag_and_pulled_by_tag_and_digest()
    {
        var manifest = await Client.ManifestAsync();
        var digest = Digest.Of(manifest).ToString();
        var put = await Client.PutManifestAsync(manifest, "v1");
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        put.Header("Docker-Content-Digest").ShouldBe(digest);
        put.Headers.Location!.ToString().ShouldBe($"/v2/{Repository}/manifests/{digest}");
        foreach (var reference in (string[])["v1", digest])
        {
            var get = await Client.GetAsync($"/v2/{Repository}/manifests/{reference}");
            (await get.Content.ReadAsByteArrayAsync()).ShouldBe(manifest);
            get.Content.Headers.ContentType!.ToString().ShouldBe(MediaTypes.OciManifest);
            get.Header("Docker-Content-Digest").ShouldBe(digest);
            var head = await Client.SendAsync("HEAD", $"/v2/{Repository}/manifests/{reference}");
            head.Content.Headers.ContentLength.ShouldBe(manifest.Length);
            head.Header("Docker-Content-Digest").ShouldBe(digest);
        }
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task A_manifest_is_pushed_by_digest_and_may_bring_its_tags(DigestAlgorithm algorithm)
    {
        var manifest = await Client.ManifestAsync(algorithm: algorithm);
        var digest = Digest.Of(manifest, algorithm);
        var put = await Client.PutManifestAsync(manifest, $"{digest}?tag=a&tag=b");
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        put.Header("Docker-Content-Digest").ShouldBe(digest.ToString());
        put.Headers.GetValues("OCI-Tag").ShouldBe(["a", "b"]);
        (await Client.JsonAsync($"/v2/{Repository}/tags/list")).Strings("tags").ShouldBe(["a", "b"]);
        (await Client.GetAsync($"/v2/{Repository}/manifests/b")).Header("Docker-Content-Digest").ShouldBe(digest.ToString());
    }

    [Fact]
    public async Task A_manifest_with_another_digest_than_its_name_is_refused()
    {
        var manifest = await Client.ManifestAsync();
        await (await Client.PutManifestAsync([.. manifest, (byte)' '], Digest.Of(manifest).ToString()))
            .ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2,")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schemaVersion\":1,\"config\":{},\"layers\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"config\":null,\"layers\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"config\":{\"mediaType\":\"a/b\",\"digest\":\"sha256:zz\",\"size\":2},\"layers\":[]}")]
    [InlineData("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}")]
    public async Task What_is_no_manifest_is_refused(string json) =>
        await (await Client.PutManifestAsync(Encoding.UTF8.GetBytes(json), "v1")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");

    [Fact]
    public async Task Deep_json_is_refused() =>
        await (await Client.PutManifestAsync(Encoding.UTF8.GetBytes(new string('[', 200_000)), "v1"))
            .ShouldBeFaultAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");

    [Fact]
    public async Task A_media_type_that_is_no_manifest_is_refused() =>
        await (await Client.PutManifestAsync(await Client.ManifestAsync(), "v1", type: "text/plain"))
            .ShouldBeFaultAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");

    [Fact]
    public async Task Without_a_content_type_the_document_says_what_it_is()
    {
        var manifest = await Client.ManifestAsync();
        (await Client.PutManifestAsync(manifest, "v1", type: "application/json")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetAsync($"/v2/{Repository}/manifests/v1")).Content.Headers.ContentType!.ToString().ShouldBe(MediaTypes.OciManifest);
    }

    [Fact]
    public async Task A_docker_manifest_is_served_as_it_came()
    {
        var manifest = Manifest.Parse(await Client.ManifestAsync()) with { MediaType = MediaTypes.DockerManifest };
        (await Client.PutManifestAsync(manifest.ToBytes(), "v1", type: MediaTypes.DockerManifest)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetAsync($"/v2/{Repository}/manifests/v1")).Content.Headers.ContentType!.ToString().ShouldBe(MediaTypes.DockerManifest);
    }

    [Fact]
    public async Task A_manifest_of_unknown_blobs_is_refused_and_leaves_no_repository()
    {
        var manifest = await Client.ManifestAsync();
        await (await Client.PutManifestAsync(manifest, "v1", "fresh/app")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
        await (await Client.GetAsync("/v2/fresh/app/tags/list")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "NAME_UNKNOWN");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task A_manifest_that_lies_about_a_size_is_refused(int by)
    {
        var manifest = Manifest.Parse(await Client.ManifestAsync());
        var lying = manifest with { Layers = [manifest.Layers[0] with { Size = manifest.Layers[0].Size + by }] };
        await (await Client.PutManifestAsync(lying.ToBytes(), "v1")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");
    }

    [Fact]
    public async Task A_layer_that_is_elsewhere_need_not_be_here()
    {
        var manifest = Manifest.Parse(await Client.ManifestAsync());
        var elsewhere = new Descriptor
        {
            MediaType = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            Digest = Digest.Of(Bytes(3)),
            Size = 3,
            Urls = ["https://example.com/x"],
        };
        (await Client.PutManifestAsync((manifest with { Layers = [elsewhere] }).ToBytes(), "v1")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_index_may_be_of_more_manifests_than_are_here()
    {
        var child = await Client.ManifestAsync();
        var index = IndexOf(child, child.Length);
        (await Client.PutManifestAsync(index, "v1", type: MediaTypes.OciIndex)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Client.PutManifestAsync(child, Digest.Of(child).ToString());
        (await Client.PutManifestAsync(index, "v1", type: MediaTypes.OciIndex)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetAsync($"/v2/{Repository}/manifests/v1")).Content.Headers.ContentType!.ToString().ShouldBe(MediaTypes.OciIndex);
    }

    [Fact]
    public async Task An_index_that_lies_about_a_manifest_that_is_here_is_refused()
    {
        var child = await Client.ManifestAsync();
        await Client.PutManifestAsync(child, "child");
        await (await Client.PutManifestAsync(IndexOf(child, child.Length + 1), "v1", type: MediaTypes.OciIndex))
            .ShouldBeFaultAsync(HttpStatusCode.BadRequest, "MANIFEST_INVALID");
    }

    [Theory]
    [InlineData(-1, HttpStatusCode.Created)]
    [InlineData(0, HttpStatusCode.Created)]
    [InlineData(1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_manifest_may_have_four_mebibytes(int more, HttpStatusCode expected)
    {
        var manifest = await Client.ManifestAsync();
        var padded = new byte[Manifest.MaxBytes + more];
        padded.AsSpan().Fill((byte)' ');
        manifest.CopyTo(padded, 0);
        (await Client.PutManifestAsync(padded, "v1")).StatusCode.ShouldBe(expected);
        using var streamed = new HttpRequestMessage(HttpMethod.Put, $"/v2/{Repository}/manifests/v2") { Content = new StreamContent(new MemoryStream(padded)) };
        streamed.Headers.TransferEncodingChunked = true;
        streamed.Content.Headers.ContentType = new(MediaTypes.OciManifest);
        (await Client.SendAsync(streamed)).StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.Created) (await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v2")).Length.ShouldBe(padded.Length);
    }

    [Fact]
    public async Task Deleting_a_tag_leaves_the_manifest()
    {
        var digest = await Client.PushImageAsync("v1");
        (await Client.DeleteAsync($"/v2/{Repository}/manifests/v1")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await Client.GetAsync($"/v2/{Repository}/manifests/v1")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        await (await Client.DeleteAsync($"/v2/{Repository}/manifests/v1")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
        (await Client.GetAsync($"/v2/{Repository}/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deleting_a_manifest_takes_its_tags_with_it()
    {
        var digest = await Client.PushImageAsync("v1");
        await Client.PushImageAsync("v2");
        await Client.PushImageAsync("other", seed: 2);
        (await Client.DeleteAsync($"/v2/{Repository}/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Client.JsonAsync($"/v2/{Repository}/tags/list")).Strings("tags").ShouldBe(["other"]);
        (await Client.GetAsync($"/v2/{Repository}/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_manifest_is_visible_only_where_it_was_pushed()
    {
        var digest = await Client.PushImageAsync("v1");
        await Client.PushImageAsync("v1", "other/app", seed: 2);
        await (await Client.GetAsync($"/v2/other/app/manifests/{digest}")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "MANIFEST_UNKNOWN");
    }

    [Theory]
    [InlineData("sha256:zz", "DIGEST_INVALID")]
    [InlineData(".hidden", "TAG_INVALID")]
    [InlineData("a%20b", "TAG_INVALID")]
    public async Task What_is_no_reference_is_400(string reference, string code)
    {
        foreach (var method in (string[])["GET", "DELETE", "PUT"])
        {
            var response = await Client.SendAsync(method, $"/v2/{Repository}/manifests/{reference}", method == "PUT" ? [] : null);
            await response.ShouldBeFaultAsync(HttpStatusCode.BadRequest, code);
        }
    }

    private static byte[] IndexOf(byte[] child, long size) => new ImageIndex
    {
        MediaType = MediaTypes.OciIndex,
        Manifests = [new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(child), Size = size }],
    }.ToBytes();
}
