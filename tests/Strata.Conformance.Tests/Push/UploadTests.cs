using System.Net;

namespace Strata.Conformance.Tests;

/// <summary>Distribution spec, "Pushing a blob in chunks" (status) and "Cancel a blob upload".</summary>
public sealed class UploadTests(Registry registry)
{
    private readonly Repository _repository = registry.Fresh();

    [Fact]
    public async Task An_upload_says_how_far_it_is()
    {
        var content = Sample.Bytes();
        var location = await _repository.BeginAsync();
        (await registry.SendAsync("GET", location)).Should(HttpStatusCode.NoContent).Location.ShouldNotBeNull();
        var patched = (await Pushers.ChunkAsync(_repository, "PATCH", location, content, 0, 100)).Should(HttpStatusCode.Accepted);
        var status = (await registry.SendAsync("GET", patched.Location!)).Should(HttpStatusCode.NoContent);
        status.Header("Range").ShouldBe("0-99");
        (await Pushers.ChunkAsync(_repository, "PATCH", status.Location!, content, 100, 412)).Should(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task An_upload_that_was_cancelled_is_gone(string method)
    {
        var location = await _repository.BeginAsync();
        (await Pushers.ChunkAsync(_repository, "PATCH", location, Sample.Bytes(), 0, 512)).Should(HttpStatusCode.Accepted);
        (await registry.SendAsync("DELETE", location)).Should(HttpStatusCode.NoContent);
        await SendAsync(method, location).ShouldBeAsync(HttpStatusCode.NotFound, "BLOB_UPLOAD_UNKNOWN");
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task An_upload_that_never_was_is_unknown(string method)
    {
        foreach (var id in (string[])["nothing", Guid.NewGuid().ToString(), new string('0', 48), "..%2f..%2fetc"])
            (await SendAsync(method, _repository.UploadsPath + id)).Should(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_upload_is_unknown_in_another_repository()
    {
        var location = await _repository.BeginAsync();
        var other = registry.Fresh();
        var elsewhere = new Uri(registry.Client.BaseAddress!, location).PathAndQuery.Replace(_repository.Name, other.Name, StringComparison.Ordinal);
        (await registry.SendAsync("GET", elsewhere)).Should(HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (await registry.SendAsync("GET", location)).Should(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_upload_that_was_finished_is_gone()
    {
        var content = Sample.Bytes();
        var location = await _repository.BeginAsync();
        (await Pushers.FinishAsync(_repository, location, content, Digests.Of(content))).Should(HttpStatusCode.Created);
        (await registry.SendAsync("GET", location)).Should(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_upload_may_begin_at_the_path_without_the_last_slash() =>
        (await registry.SendAsync("POST", _repository.UploadsPath.TrimEnd('/'), [])).Should(HttpStatusCode.Accepted, HttpStatusCode.NotFound);

    private Task<Answer> SendAsync(string method, string location) => method switch
    {
        "PATCH" => registry.SendAsync(method, location, Sample.Bytes()),
        "PUT" => Pushers.FinishAsync(_repository, location, Sample.Bytes(), Digests.Of(Sample.Bytes())),
        _ => registry.SendAsync(method, location),
    };
}
