using System.Net;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class BlobPushTests : IAsyncLifetime
{
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task A_blob_is_pushed_by_post_then_put(DigestAlgorithm algorithm)
    {
        var content = Bytes(70_000);
        var digest = Digest.Of(content, algorithm);
        var location = await Client.BeginAsync();
        var response = await Client.SendAsync("PUT", $"{location}?digest={digest}", content);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe($"/v2/{Repository}/blobs/{digest}");
        response.Header("Docker-Content-Digest").ShouldBe(digest.ToString());
        (await Client.GetByteArrayAsync(response.Headers.Location)).ShouldBe(content);
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task A_blob_is_pushed_by_one_post(DigestAlgorithm algorithm)
    {
        var content = Bytes(1234);
        var digest = Digest.Of(content, algorithm);
        var response = await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", content);
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetByteArrayAsync(response.Headers.Location)).ShouldBe(content);
        Directory.EnumerateFiles(Path.Combine(_host.Folder, "uploads")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(DigestAlgorithm.Sha256, true)]
    [InlineData(DigestAlgorithm.Sha512, true)]
    [InlineData(DigestAlgorithm.Sha256, false)]
    [InlineData(DigestAlgorithm.Sha512, false)]
    public async Task A_blob_is_pushed_in_chunks(DigestAlgorithm algorithm, bool lastWithPut)
    {
        var content = Bytes(30_000);
        var digest = Digest.Of(content, algorithm);
        var location = await Client.BeginAsync();
        for (var at = 0; at < (lastWithPut ? 20_000 : 30_000); at += 10_000)
        {
            var patch = await Client.SendAsync("PATCH", location, content[at..(at + 10_000)], null, ("Content-Range", $"{at}-{at + 9_999}"));
            patch.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            patch.Header("Range").ShouldBe($"0-{at + 9_999}");
            location = patch.Headers.Location!.ToString();
        }
        var put = lastWithPut
            ? await Client.SendAsync("PUT", $"{location}?digest={digest}", content[20_000..], null, ("Content-Range", "20000-29999"))
            : await Client.SendAsync("PUT", $"{location}?digest={digest}");
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetByteArrayAsync(put.Headers.Location)).ShouldBe(content);
    }

    [Fact]
    public async Task A_blob_is_streamed_without_saying_its_length()
    {
        var content = Bytes(300_000);
        var location = await Client.BeginAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, location) { Content = new StreamContent(new MemoryStream(content)) };
        request.Headers.TransferEncodingChunked = true;
        (await Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var put = await Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}");
        put.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Client.GetByteArrayAsync(put.Headers.Location)).ShouldBe(content);
    }

    [Fact]
    public async Task A_blob_of_nothing_is_a_blob()
    {
        var digest = await Client.PushBlobAsync([]);
        (await Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_status_says_how_far_an_upload_is()
    {
        var location = await Client.BeginAsync();
        var before = await Client.GetAsync(location);
        before.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        before.Header("Range").ShouldBe("0-0");
        await Client.SendAsync("PATCH", location, Bytes(500));
        var after = await Client.GetAsync(location);
        after.Header("Range").ShouldBe("0-499");
        after.Headers.Location!.ToString().ShouldBe(location);
    }

    [Fact]
    public async Task A_cancelled_upload_is_unknown()
    {
        var location = await Client.BeginAsync();
        (await Client.DeleteAsync(location)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await Client.GetAsync(location)).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        await (await Client.DeleteAsync(location)).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
        await (await Client.SendAsync("PATCH", location, Bytes(1))).ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("50-149")]
    [InlineData("1-100")]
    [InlineData("0-98")]
    [InlineData("0-100")]
    [InlineData("99-0")]
    [InlineData("x")]
    [InlineData("-5-94")]
    [InlineData("0-99999999999999999999999")]
    public async Task A_chunk_that_does_not_fit_is_416_and_keeps_nothing(string range)
    {
        var location = await Client.BeginAsync();
        var response = await Client.SendAsync("PATCH", location, Bytes(100), null, ("Content-Range", range));
        await response.ShouldBeFaultAsync(HttpStatusCode.RequestedRangeNotSatisfiable, "BLOB_UPLOAD_INVALID");
        response.Headers.Location!.ToString().ShouldBe(location);
        (await Client.GetAsync(location)).Header("Range").ShouldBe("0-0");
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task A_streamed_chunk_has_exactly_what_its_range_promises(int sent, bool accepted)
    {
        var location = await Client.BeginAsync();
        using var request = new HttpRequestMessage(HttpMethod.Patch, location) { Content = new StreamContent(new MemoryStream(Bytes(sent))) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.TryAddWithoutValidation("Content-Range", "0-99");
        var response = await Client.SendAsync(request);
        response.StatusCode.ShouldBe(accepted ? HttpStatusCode.Accepted : HttpStatusCode.RequestedRangeNotSatisfiable);
        (await Client.GetAsync(location)).Header("Range").ShouldBe(accepted ? "0-99" : "0-0");
    }

    [Fact]
    public async Task After_a_refused_chunk_the_upload_goes_on_and_its_digest_is_right()
    {
        var content = Bytes(200);
        var location = await Client.BeginAsync();
        await Client.SendAsync("PATCH", location, content[..100], null, ("Content-Range", "0-99"));
        (await Client.SendAsync("PATCH", location, content[..100], null, ("Content-Range", "0-99"))).StatusCode
            .ShouldBe(HttpStatusCode.RequestedRangeNotSatisfiable);
        await Client.SendAsync("PATCH", location, content[100..], null, ("Content-Range", "100-199"));
        (await Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task A_wrong_digest_is_refused_and_nothing_is_kept()
    {
        var wrong = Digest.Of(Bytes(5, seed: 9));
        var location = await Client.BeginAsync();
        await (await Client.SendAsync("PUT", $"{location}?digest={wrong}", Bytes(100))).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        await (await Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={wrong}", Bytes(100)))
            .ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        (await Client.GetAsync($"/v2/{Repository}/blobs/{wrong}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Directory.EnumerateFiles(_host.Folder, "*", SearchOption.AllDirectories)
            .Where(f => f.Contains("/uploads/", StringComparison.Ordinal) || f.Contains("/blobs/", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("?digest=")]
    [InlineData("?digest=sha256:zz")]
    [InlineData("?digest=md5:d41d8cd98f00b204e9800998ecf8427e")]
    public async Task A_digest_that_is_none_is_refused_and_the_upload_stays(string query)
    {
        var location = await Client.BeginAsync();
        await (await Client.SendAsync("PUT", location + query, Bytes(10))).ShouldBeFaultAsync(HttpStatusCode.BadRequest, "DIGEST_INVALID");
        (await Client.GetAsync(location)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Theory]
    [InlineData("../../registry.db")]
    [InlineData("0123")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public async Task An_upload_id_that_is_none_is_unknown(string id) =>
        (await Client.GetAsync($"/v2/{Repository}/blobs/uploads/{Uri.EscapeDataString(id)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task An_upload_belongs_to_its_repository()
    {
        var location = await Client.BeginAsync();
        await (await Client.GetAsync(location.Replace(Repository, "me/other", StringComparison.Ordinal)))
            .ShouldBeFaultAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("&from=me/app")]
    [InlineData("")]
    public async Task A_blob_is_mounted_from_another_repository(string from)
    {
        var digest = await Client.PushBlobAsync(Bytes(50));
        var response = await Client.SendAsync("POST", $"/v2/other/app/blobs/uploads/?mount={digest}{from}");
        response.StatusCode.ShouldBe(HttpStatusCode.Created);
        response.Headers.Location!.ToString().ShouldBe($"/v2/other/app/blobs/{digest}");
        (await Client.GetByteArrayAsync(response.Headers.Location)).ShouldBe(Bytes(50));
    }

    [Fact]
    public async Task A_mount_of_what_is_not_there_begins_an_upload()
    {
        var content = Bytes(50);
        var response = await Client.SendAsync("POST", $"/v2/other/app/blobs/uploads/?mount={Digest.Of(content)}&from=me/app");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await Client.SendAsync("PUT", $"{response.Headers.Location}?digest={Digest.Of(content)}", content)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }
}
