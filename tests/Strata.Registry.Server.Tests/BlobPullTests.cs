using System.Net;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class BlobPullTests : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Head_says_what_get_would_send()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000));
        var head = await Client.SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}");
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        head.Content.Headers.ContentLength.ShouldBe(1000);
        head.Header("Docker-Content-Digest").ShouldBe(digest.ToString());
        head.Headers.ETag!.Tag.ShouldBe($"\"{digest}\"");
        head.Header("Docker-Distribution-Api-Version").ShouldBe("registry/2.0");
    }

    [Theory]
    [InlineData("bytes=500-1499", 500, 1000)]
    [InlineData("bytes=500-", 500, 1548)]
    [InlineData("bytes=-500", 1548, 500)]
    [InlineData("bytes=-5000", 0, 2048)]
    [InlineData("bytes=2000-5000", 2000, 48)]
    [InlineData("bytes=2047-2047", 2047, 1)]
    public async Task A_range_is_206(string range, int offset, int length)
    {
        var content = Bytes(2048);
        var digest = await Client.PushBlobAsync(content);
        var response = await Client.SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", headers: ("Range", range));
        response.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        response.Header("Content-Range").ShouldBe($"bytes {offset}-{offset + length - 1}/2048");
        (await response.Content.ReadAsByteArrayAsync()).ShouldBe(content[offset..(offset + length)]);
    }

    [Theory]
    [InlineData("bytes=2048-")]
    [InlineData("bytes=5000-10000")]
    [InlineData("bytes=500-0")]
    [InlineData("bytes=-0")]
    [InlineData("bytes=99999999999999999999-")]
    public async Task A_range_with_nothing_in_it_is_416(string range)
    {
        var digest = await Client.PushBlobAsync(Bytes(2048));
        var response = await Client.SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", headers: ("Range", range));
        await response.ShouldBeFaultAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "RANGE_INVALID");
        response.Header("Content-Range").ShouldBe("bytes */2048");
    }

    [Theory]
    [InlineData("items=1-2")]
    [InlineData("bytes=a-b")]
    [InlineData("bytes=1-2,4-5")]
    [InlineData("bytes=")]
    public async Task A_range_that_is_not_understood_is_ignored(string range)
    {
        var digest = await Client.PushBlobAsync(Bytes(2048));
        var response = await Client.SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", headers: ("Range", range));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBe(2048);
    }

    [Fact]
    public async Task Who_has_the_blob_is_told_so()
    {
        var digest = await Client.PushBlobAsync(Bytes(10));
        (await Client.SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", headers: ("If-None-Match", $"\"{digest}\""))).StatusCode
            .ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task A_range_of_something_else_gets_the_whole()
    {
        var digest = await Client.PushBlobAsync(Bytes(10));
        (await Client.SendAsync("GET", $"/v2/{Repository}/blobs/{digest}", headers: [("Range", "bytes=1-2"), ("If-Range", "\"other\"")])).StatusCode
            .ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_blob_is_visible_only_where_it_was_pushed()
    {
        var digest = await Client.PushBlobAsync(Bytes(10));
        await Client.PushBlobAsync(Bytes(11), "other/app");
        await (await Client.GetAsync($"/v2/other/app/blobs/{digest}")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
    }

    [Fact]
    public async Task A_deleted_blob_is_gone_here_and_stays_elsewhere()
    {
        var digest = await Client.PushBlobAsync(Bytes(10));
        await Client.PushBlobAsync(Bytes(10), "other/app");
        (await Client.DeleteAsync($"/v2/{Repository}/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await (await Client.DeleteAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        (await Client.SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Client.GetAsync($"/v2/other/app/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Damaged_bytes_of_another_size_are_not_served_and_a_push_repairs_them()
    {
        var content = Bytes(10);
        var digest = await Client.PushBlobAsync(content);
        await File.WriteAllBytesAsync(_host.FileOf(digest), content[..9]);
        await (await Client.GetAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UNKNOWN");
        await Client.PushBlobAsync(content);
        (await Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBe(content);
    }

    [Theory]
    [InlineData("sha256:zz")]
    [InlineData("latest")]
    public async Task What_is_no_digest_is_400(string digest) =>
        await (await Client.GetAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");

    [Fact]
    public async Task A_blob_larger_than_every_buffer_arrives_whole()
    {
        var content = Bytes(5_000_001);
        var digest = await Client.PushBlobAsync(content);
        Digest.Of(await Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBe(digest);
    }
}
