using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Strata.Oci;

namespace Strata.Hub.Tests;

public sealed class MaintenanceTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/maintenance/garbage")]
    [InlineData("/api/v1/maintenance/check")]
    [InlineData("/api/v1/restore/library/python?tag=latest")]
    public async Task Nobody_else_than_the_owner_of_the_data_does_it(string path)
    {
        (await PostAsync(path, credentials: null)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync(path, HubHost.Basic("publisher", "guessed"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Garbage_is_counted_and_collected()
    {
        await _hub.PushAsync("me/app");
        foreach (var query in (string[])["?dry_run=true", ""])
        {
            var answer = await AnswerAsync("/api/v1/maintenance/garbage" + query, Publisher);
            answer.GetProperty("dry_run").GetBoolean().ShouldBe(query.Length > 0);
            answer.GetProperty("blobs").GetInt64().ShouldBe(0);
        }
    }

    [Fact]
    public async Task Damage_is_found_and_told()
    {
        await _hub.PushAsync("me/app");
        var file = Directory.GetFiles(Path.Combine(_hub.Folder, "blobs"), "*", SearchOption.AllDirectories)[0];
        await File.AppendAllTextAsync(file, "x", TestContext.Current.CancellationToken);
        var answer = await AnswerAsync("/api/v1/maintenance/check", Publisher);
        answer.GetProperty("blobs").GetInt64().ShouldBe(2);
        answer.GetProperty("damaged").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_deleted_tag_is_in_the_history_and_comes_back_to_the_registry_and_the_search()
    {
        var digest = await _hub.PushAsync("me/app", description: "the app");
        await _hub.Client.DeleteAsync("/v2/me/app/manifests/latest");
        (await _hub.NamesAsync("q=app")).ShouldBeEmpty();
        var entry = (await _hub.JsonAsync("/api/v1/history/me/app")).GetProperty("history")[0];
        entry.GetProperty("tag").GetString().ShouldBe("latest");
        entry.GetProperty("deleted").GetBoolean().ShouldBeTrue();

        (await AnswerAsync("/api/v1/restore/me/app?tag=latest", credentials: null)).GetProperty("digest").GetString().ShouldBe(digest.ToString());
        Digest.Of(await _hub.Client.GetByteArrayAsync("/v2/me/app/manifests/latest")).ShouldBe(digest);
        (await _hub.NamesAsync("q=app")).ShouldBe(["me/app"]);
    }

    [Theory]
    [InlineData("/api/v1/restore/me/app", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/restore/me/app?digest=sha256:0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/restore/me/app?tag=-", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/restore/ME/app?tag=latest", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/restore/me/app?tag=latest", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_brought_back_is_said(string path, HttpStatusCode status)
    {
        var response = await PostAsync(path, credentials: null);
        response.StatusCode.ShouldBe(status);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    private AuthenticationHeaderValue Publisher => HubHost.Basic("publisher", _hub.Secret);

    private async Task<JsonElement> AnswerAsync(string path, AuthenticationHeaderValue? credentials)
    {
        var response = await PostAsync(path, credentials);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<HttpResponseMessage> PostAsync(string path, AuthenticationHeaderValue? credentials)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = credentials;
        return await _hub.Client.SendAsync(request);
    }
}
