using System.Net;
using System.Text.RegularExpressions;

namespace Strata.Hub.Tests;

/// <summary>The client that most people have, with its real daemon.</summary>
public sealed partial class DockerTests(DockerDaemon docker) : IClassFixture<DockerDaemon>, IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task An_image_is_pushed_and_comes_back_the_same()
    {
        var name = await PushAsync("me/app:1");
        var id = await docker.RunAsync("image", "inspect", "--format", "{{.Id}}", name);
        await docker.RunAsync("rmi", name);
        (await docker.RunAsync("pull", name)).ShouldContain("Digest: sha256:");
        (await docker.RunAsync("image", "inspect", "--format", "{{.Id}}", name)).ShouldBe(id);
    }

    [Fact]
    public async Task An_image_is_pulled_by_its_digest()
    {
        var name = await PushAsync("me/app:1");
        var pinned = (await docker.RunAsync("image", "inspect", "--format", "{{index .RepoDigests 0}}", name)).Trim();
        await docker.RunAsync("rmi", name);
        (await docker.RunAsync("pull", pinned)).ShouldContain(pinned[(pinned.IndexOf('@', StringComparison.Ordinal) + 1)..]);
    }

    [Fact]
    public async Task What_one_repository_has_is_mounted_into_another()
    {
        var name = await PushAsync("me/app:1");
        await docker.RunAsync("tag", name, $"{_hub.Registry}/you/app:1");
        (await docker.RunAsync("push", $"{_hub.Registry}/you/app:1")).ShouldContain("Mounted from me/app");
        (await docker.RunAsync("push", $"{_hub.Registry}/you/app:1")).ShouldContain("Layer already exists");
    }

    [Fact]
    public async Task Search_finds_by_name_and_shows_what_is_official()
    {
        await PushAsync("me/app:1");
        await PushAsync("me/other:1");
        await _hub.PushAsync("library/app", description: "The real one");
        var lines = (await docker.RunAsync("search", "--format", "{{.Name}}|{{.Description}}|{{.IsOfficial}}", $"{_hub.Registry}/app")).Split('\n');
        lines[0].ShouldBe("library/app|The real one|[OK]");
        lines.ShouldContain("me/app||");
        lines.ShouldNotContain("me/other||");
    }

    [Fact]
    public async Task A_list_of_two_platforms_is_made_and_pushed()
    {
        foreach (var architecture in (string[])["amd64", "arm64"]) await PushAsync("me/list:" + architecture);
        var list = $"{_hub.Registry}/me/list:all";
        await docker.RunAsync("manifest", "create", "--insecure", list, $"{_hub.Registry}/me/list:amd64", $"{_hub.Registry}/me/list:arm64");
        await docker.RunAsync("manifest", "annotate", "--os", "linux", "--arch", "arm64", list, $"{_hub.Registry}/me/list:arm64");
        var digest = DigestForm().Match(await docker.RunAsync("manifest", "push", "--insecure", "--purge", list)).Value;
        var inspected = await docker.RunAsync("manifest", "inspect", "--insecure", list);
        inspected.ShouldContain("\"architecture\": \"arm64\"");
        (await _hub.Client.GetAsync($"/v2/me/list/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await docker.RunAsync("pull", "--platform", "linux/arm64", list);
    }

    private async Task<string> PushAsync(string reference)
    {
        var name = $"{_hub.Registry}/{reference}";
        await docker.ImportAsync(name);
        (await docker.RunAsync("push", name)).ShouldContain("digest: sha256:");
        return name;
    }

    [GeneratedRegex("^sha256:[0-9a-f]{64}", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DigestForm();
}
