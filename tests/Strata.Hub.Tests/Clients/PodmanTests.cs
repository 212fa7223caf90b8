using System.Net;

namespace Strata.Hub.Tests;

public sealed class PodmanTests : IAsyncLifetime
{
    private readonly ContainerTools _tools = new();
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _tools.Dispose();
    }

    [Theory]
    [InlineData("oci")]
    [InlineData("v2s2")]
    public async Task An_image_is_pushed_in_either_format_and_comes_back_the_same(string format)
    {
        var name = await ImportAsync("me/app:1");
        await RunAsync("push", "--tls-verify=false", "--format", format, name);
        var id = await RunAsync("image", "inspect", "--format", "{{.Id}}", name);
        await RunAsync("rmi", name);
        await RunAsync("pull", "--tls-verify=false", name);
        (await RunAsync("image", "inspect", "--format", "{{.RepoTags}}", name)).ShouldContain(name);
        if (format == "oci") (await RunAsync("image", "inspect", "--format", "{{.Id}}", name)).ShouldBe(id);
    }

    [Fact]
    public async Task A_push_with_zstd_layers_is_taken()
    {
        var name = await ImportAsync("me/app:1");
        await RunAsync("push", "--tls-verify=false", "--compression-format", "zstd", name);
        (await _hub.Client.GetStringAsync("/v2/me/app/manifests/1")).ShouldContain("tar+zstd");
    }

    [Fact]
    public async Task Search_finds_repositories_and_lists_their_tags()
    {
        var name = await ImportAsync("me/app:1");
        await RunAsync("push", "--tls-verify=false", name);
        await RunAsync("push", "--tls-verify=false", name, $"{_hub.Registry}/me/app:2");
        (await RunAsync("search", "--tls-verify=false", "--format", "{{.Name}}", $"{_hub.Registry}/app")).ShouldContain($"{_hub.Registry}/me/app");
        var tags = await RunAsync("search", "--tls-verify=false", "--list-tags", $"{_hub.Registry}/me/app");
        tags.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(' ')[^1]).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task A_manifest_list_is_pushed_with_all_its_images()
    {
        var list = $"{_hub.Registry}/me/list:all";
        await RunAsync("manifest", "create", list);
        foreach (var architecture in (string[])["amd64", "arm64"])
            await RunAsync("manifest", "add", "--arch", architecture, list, "containers-storage:" + await ImportAsync("me/list:" + architecture));
        await RunAsync("manifest", "push", "--tls-verify=false", "--all", list, "docker://" + list);
        var pushed = (await _hub.JsonAsync("/v2/me/list/manifests/all")).GetProperty("manifests").EnumerateArray().ToArray();
        pushed.Select(m => m.GetProperty("platform").GetProperty("architecture").GetString()).ShouldBe(["amd64", "arm64"]);
        foreach (var child in pushed)
            (await _hub.Client.GetAsync($"/v2/me/list/manifests/{child.GetProperty("digest").GetString()}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> ImportAsync(string reference)
    {
        var name = $"{_hub.Registry}/{reference}";
        await RunAsync("import", "--quiet", await _tools.NewTarAsync(), name);
        return name;
    }

    private Task<string> RunAsync(params string[] arguments) => _tools.RunAsync("podman", arguments);
}
