using System.Net;

namespace Strata.Hub.Tests;

public sealed class BuildahTests : IAsyncLifetime
{
    private readonly ContainerTools _tools = new();
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _tools.Dispose();
    }

    [Fact]
    public async Task An_image_is_built_onto_one_of_the_hub_and_goes_back_to_it()
    {
        await CommitAsync("scratch", "me/base:1");
        await CommitAsync($"{_hub.Registry}/me/base:1", "me/app:1");
        var layers = (await _hub.JsonAsync("/v2/me/app/manifests/1")).GetProperty("layers");
        layers.GetArrayLength().ShouldBe(2);
        // The base's layer was never pushed to this repository by itself.
        (await _hub.Client.GetAsync($"/v2/me/app/blobs/{layers[0].GetProperty("digest").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task CommitAsync(string from, string to)
    {
        var container = (await RunAsync("from", "--tls-verify=false", from)).Trim();
        await RunAsync("copy", container, _tools.NewFile(), "/");
        await RunAsync("commit", "--quiet", "--tls-verify=false", container, $"docker://{_hub.Registry}/{to}");
        await RunAsync("rm", container);
    }

    private Task<string> RunAsync(params string[] arguments) => _tools.RunAsync("buildah", arguments);
}
