using System.Net;
using Microsoft.AspNetCore.Http;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>The clients that people use, against a hub with accounts: each by its own way to a token.</summary>
public sealed class AccountClientTests(DockerDaemon docker) : IClassFixture<DockerDaemon>, IAsyncLifetime
{
    private const string Password = "my password";
    private readonly ContainerTools _tools = new();
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private HubHost _hub = null!;
    private Func<HttpContext, Task> _before = static _ => Task.CompletedTask;

    private string AuthFile => _folder.Below("auth.json");

    public async ValueTask InitializeAsync()
    {
        _hub = await HubHost.WithAccountsAsync(time: _time, before: c => _before(c));
        _hub.Accounts.AddUser("me", Password, isAdministrator: false);
    }

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        _tools.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Docker_logs_in_pushes_pulls_and_searches()
    {
        var name = $"{_hub.Registry}/me/app:1";
        await docker.ImportAsync(name);
        (await Should.ThrowAsync<InvalidOperationException>(() => docker.RunAsync("push", name))).Message.ShouldContain("denied");
        (await Should.ThrowAsync<InvalidOperationException>(() => docker.RunAsync("login", "-u", "me", "-p", "wrong", _hub.Registry))).Message.ShouldContain("wrong user name or password");
        (await docker.RunAsync("login", "-u", "me", "-p", Password, _hub.Registry)).ShouldContain("Login Succeeded");
        (await docker.RunAsync("push", name)).ShouldContain("digest: sha256:");
        await docker.RunAsync("tag", name, $"{_hub.Registry}/me/copy:1");
        (await docker.RunAsync("push", $"{_hub.Registry}/me/copy:1")).ShouldContain("Mounted from me/app");
        await docker.RunAsync("tag", name, $"{_hub.Registry}/you/app:1");
        (await Should.ThrowAsync<InvalidOperationException>(() => docker.RunAsync("push", $"{_hub.Registry}/you/app:1"))).Message.ShouldContain("denied");
        (await docker.RunAsync("search", "--format", "{{.Name}}", $"{_hub.Registry}/app")).ShouldContain("me/app");

        // A password that changes ends what docker keeps in its place.
        _hub.Accounts.SetPassword("me", "another password");
        await Should.ThrowAsync<InvalidOperationException>(() => docker.RunAsync("push", name));
        await docker.RunAsync("logout", _hub.Registry);
        await docker.RunAsync("rmi", name);
        (await Should.ThrowAsync<InvalidOperationException>(() => docker.RunAsync("pull", name))).Message.ShouldContain("denied");
        (await docker.RunAsync("search", "--format", "{{.Name}}", $"{_hub.Registry}/app")).ShouldNotContain("me/app");
        _hub.Accounts.SetVisibility("me/app", Visibility.Public);
        await docker.RunAsync("pull", name);
        (await docker.RunAsync("manifest", "inspect", "--insecure", name)).ShouldContain("layers");
        (await docker.RunAsync("search", "--format", "{{.Name}}", $"{_hub.Registry}/app")).ShouldContain("me/app");
    }

    [Fact]
    public async Task Podman_and_buildah_log_in_push_and_pull_and_pull_what_is_public_without()
    {
        var name = $"{_hub.Registry}/me/app:1";
        await PodmanAsync("import", "--quiet", await _tools.NewTarAsync(), name);
        await Should.ThrowAsync<InvalidOperationException>(() => PodmanAsync("push", "--tls-verify=false", name));
        await Should.ThrowAsync<InvalidOperationException>(() => PodmanAsync("login", "--tls-verify=false", "--authfile", AuthFile, "-u", "me", "-p", "wrong", _hub.Registry));
        await PodmanAsync("login", "--tls-verify=false", "--authfile", AuthFile, "-u", "me", "-p", Password, _hub.Registry);
        await PodmanAsync("push", "--tls-verify=false", "--authfile", AuthFile, name);

        var container = (await BuildahAsync("from", "--tls-verify=false", "--authfile", AuthFile, name)).Trim();
        await BuildahAsync("copy", container, _tools.NewFile(), "/");
        await BuildahAsync("commit", "--quiet", "--tls-verify=false", "--authfile", AuthFile, container, $"docker://{_hub.Registry}/me/built:1");
        await BuildahAsync("rm", container);
        await PodmanAsync("rmi", "--all", "--force");

        await Should.ThrowAsync<InvalidOperationException>(() => PodmanAsync("pull", "--tls-verify=false", name));
        await Should.ThrowAsync<InvalidOperationException>(() => BuildahAsync("pull", "--tls-verify=false", $"{_hub.Registry}/me/built:1"));
        await PodmanAsync("pull", "--tls-verify=false", "--authfile", AuthFile, $"{_hub.Registry}/me/built:1");
        foreach (var repository in (string[])["me/app", "me/built"]) _hub.Accounts.SetVisibility(repository, Visibility.Public);
        await PodmanAsync("pull", "--tls-verify=false", name);
        await BuildahAsync("pull", "--tls-verify=false", "--policy", "always", $"{_hub.Registry}/me/built:1");
        (await PodmanAsync("search", "--tls-verify=false", "--format", "{{.Name}}", $"{_hub.Registry}/app")).ShouldContain("me/app");
    }

    [Fact]
    public async Task Skopeo_copies_deletes_and_lists_as_far_as_it_may()
    {
        var name = $"docker://{_hub.Registry}/me/app:1";
        await SourceAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => SkopeoAsync("copy", "--dest-tls-verify=false", Source, name));
        await SkopeoAsync("copy", "--dest-tls-verify=false", "--dest-creds", $"me:{Password}", Source, name);
        await Should.ThrowAsync<InvalidOperationException>(() => SkopeoAsync("inspect", "--tls-verify=false", name));
        await SkopeoAsync("inspect", "--tls-verify=false", "--creds", $"me:{Password}", name);
        // From a private repository to another, with one token for both.
        await SkopeoAsync("copy", "--src-tls-verify=false", "--dest-tls-verify=false", "--src-creds", $"me:{Password}", "--dest-creds", $"me:{Password}", name, $"docker://{_hub.Registry}/me/copy:1");
        _hub.Accounts.SetVisibility("me/app", Visibility.Public);
        (await SkopeoAsync("list-tags", "--tls-verify=false", $"docker://{_hub.Registry}/me/app")).ShouldContain("\"1\"");
        await Should.ThrowAsync<InvalidOperationException>(() => SkopeoAsync("delete", "--tls-verify=false", name));
        await SkopeoAsync("delete", "--tls-verify=false", "--creds", $"me:{Password}", name);
    }

    [Fact]
    public async Task A_push_that_takes_longer_than_its_token_comes_to_its_end()
    {
        await SourceAsync();
        var late = 0;
        // Between the start of an upload and its bytes an hour goes by. skopeo's own clock does not know: for all else it is the same day.
        _before = context =>
        {
            var sends = HttpMethods.IsPatch(context.Request.Method) || HttpMethods.IsPut(context.Request.Method);
            if (!sends || !context.Request.Path.Value!.Contains("/blobs/uploads/", StringComparison.Ordinal)) return Task.CompletedTask;
            _time.Advance(TimeSpan.FromHours(1));
            context.Response.OnStarting(() =>
            {
                _time.Advance(TimeSpan.FromHours(-1));
                if (context.Response.StatusCode is (int)HttpStatusCode.Accepted or (int)HttpStatusCode.Created) late++;
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        };
        await SkopeoAsync("copy", "--dest-tls-verify=false", "--dest-creds", $"me:{Password}", Source, $"docker://{_hub.Registry}/me/app:1");
        late.ShouldBeGreaterThanOrEqualTo(2);
    }

    private string Source => "dir:" + _folder.Below("source");

    /// <summary>An image as a folder, by podman.</summary>
    private async Task SourceAsync()
    {
        await PodmanAsync("import", "--quiet", await _tools.NewTarAsync(), "localhost/source:1");
        await PodmanAsync("push", "localhost/source:1", Source);
    }

    private Task<string> PodmanAsync(params string[] arguments) => _tools.RunAsync("podman", arguments);

    private Task<string> BuildahAsync(params string[] arguments) => _tools.RunAsync("buildah", arguments);

    private static Task<string> SkopeoAsync(params string[] arguments) => RealTool.RunAsync("skopeo", arguments);
}
