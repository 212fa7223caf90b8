using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Tests;

/// <summary>A hub on a free port of this machine, with its data in a folder that goes with it.</summary>
public sealed class HubHost : IAsyncDisposable
{
    private readonly bool _ownsFolder;
    private WebApplication _app = null!;

    private HubHost(string folder, bool ownsFolder) => (Folder, _ownsFolder) = (folder, ownsFolder);

    public string Folder { get; }

    public HttpClient Client { get; private set; } = null!;

    public string Registry => $"{Client.BaseAddress!.Host}:{Client.BaseAddress.Port}";

    public string Secret => File.ReadAllText(Path.Combine(Folder, "publisher-secret")).Trim();

    public IServiceProvider Services => _app.Services;

    internal Catalogue Catalogue => _app.Services.GetRequiredService<Catalogue>();

    /// <summary>The first administrator's password, as long as it is in its file.</summary>
    public string AdminPassword => File.ReadAllText(Path.Combine(Folder, "admin-password")).Trim();

    internal AccountBook Accounts => _app.Services.GetRequiredService<AccountBook>();

    internal TokenSigner Signer => _app.Services.GetRequiredService<TokenSigner>();

    /// <summary>A hub with accounts, whose passwords are hashed quickly.</summary>
    /// <param name="auth">What is different from that.</param>
    /// <param name="time">The hub's clock.</param>
    /// <param name="before">What happens before a request is answered.</param>
    public static Task<HubHost> WithAccountsAsync(AuthOptions? auth = null, TimeProvider? time = null, Func<HttpContext, Task>? before = null) => StartAsync(
        Directory.CreateTempSubdirectory("strata-hub-").FullName, ownsFolder: true,
        services: s => s.AddSingleton(time ?? TimeProvider.System), auth: (auth ?? new AuthOptions()) with { Mode = AuthMode.Accounts, PasswordRounds = 1000 }, before: before);

    public static Task<HubHost> StartAsync(IReadOnlyList<MirrorOptions>? mirrors = null, Action<IServiceCollection>? services = null) =>
        StartAsync(Directory.CreateTempSubdirectory("strata-hub-").FullName, ownsFolder: true, mirrors, services);

    public static async Task<HubHost> StartAsync(
        string folder, bool ownsFolder, IReadOnlyList<MirrorOptions>? mirrors = null, Action<IServiceCollection>? services = null,
        AuthOptions? auth = null, Func<HttpContext, Task>? before = null, ScanOptions? scans = null, Action<IServiceCollection>? registry = null)
    {
        var host = new HubHost(folder, ownsFolder);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        services?.Invoke(builder.Services);
        builder.Services.AddRegistryServer(new RegistryOptions { DataFolder = folder });
        registry?.Invoke(builder.Services);
        builder.Services.AddHub(new HubOptions { DataFolder = folder, Mirrors = mirrors ?? [], Auth = auth ?? new AuthOptions(), Scans = scans ?? new ScanOptions() });
        host._app = builder.Build();
        if (before is not null)
        {
            host._app.Use(async (context, next) =>
            {
                await before(context);
                await next(context);
            });
        }
        host._app.MapRegistry();
        host._app.MapHub();
        await host._app.StartAsync();
        host.Client = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Sends a request with a JSON body, or none.</summary>
    public async Task<(HttpStatusCode Status, JsonElement Json)> CallAsync(string method, string path, AuthenticationHeaderValue? who, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = who;
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, AuthenticationHeaderValue? who)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = who;
        return await Client.SendAsync(request);
    }

    /// <summary>A token of the token service.</summary>
    public async Task<AuthenticationHeaderValue> TokenAsync(AuthenticationHeaderValue? who, params string[] scopes)
    {
        var (status, json) = await CallAsync("GET", $"/token?service={Registry}" + string.Concat(scopes.Select(s => "&scope=" + Uri.EscapeDataString(s))), who);
        status.ShouldBe(HttpStatusCode.OK);
        return new AuthenticationHeaderValue("Bearer", json.GetProperty("token").GetString());
    }

    public async Task<JsonElement> JsonAsync(string path)
    {
        var response = await Client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task<string[]> NamesAsync(string query) =>
        [.. (await JsonAsync("/api/v1/search?" + query)).GetProperty("results").EnumerateArray().Select(r => r.GetProperty("name").GetString()!)];

    /// <summary>Pushes an image with labels; to an official repository as the publisher.</summary>
    public async Task<Digest> PushAsync(
        string repository, string tag = "latest", string? description = null, string? title = null, string architecture = "amd64",
        IReadOnlyDictionary<string, string>? annotations = null, bool untagged = false, AuthenticationHeaderValue? who = null)
    {
        if (who is not null) Client.DefaultRequestHeaders.Authorization = who;
        var labels = new Dictionary<string, string>();
        if (description is not null) labels["org.opencontainers.image.description"] = description;
        if (title is not null) labels["org.opencontainers.image.title"] = title;
        var layer = Encoding.UTF8.GetBytes("layer of " + repository);
        var config = new ImageConfig
        {
            Os = "linux",
            Architecture = architecture,
            Config = new ContainerConfig { Labels = labels },
            RootFs = new RootFs { DiffIds = [Digest.Of(layer)] },
        }.ToBytes();
        await PutBlobAsync(repository, config);
        await PutBlobAsync(repository, layer);
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = new Descriptor { MediaType = MediaTypes.OciConfig, Digest = Digest.Of(config), Size = config.Length },
            Layers = [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Of(layer), Size = layer.Length }],
            Annotations = annotations,
        }.ToBytes();
        await PutManifestAsync(repository, untagged ? Digest.Of(manifest).ToString() : tag, manifest, MediaTypes.OciManifest);
        Client.DefaultRequestHeaders.Authorization = null;
        return Digest.Of(manifest);
    }

    public Task PutManifestAsync(string repository, string reference, byte[] content, string mediaType) =>
        PutAsync($"/v2/{repository}/manifests/{reference}", repository, content, mediaType);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownsFolder) Directory.Delete(Folder, recursive: true);
    }

    public async Task PutBlobAsync(string repository, byte[] content)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={Digest.Of(content)}");
        await SendAsync(post, repository, content, "application/octet-stream");
    }

    private async Task PutAsync(string path, string repository, byte[] content, string mediaType)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, path);
        await SendAsync(put, repository, content, mediaType);
    }

    private async Task SendAsync(HttpRequestMessage request, string repository, byte[] content, string mediaType)
    {
        request.Content = new ByteArrayContent(content);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        if (repository.StartsWith("library/", StringComparison.Ordinal)) request.Headers.Authorization = Basic("publisher", Secret);
        var response = await Client.SendAsync(request);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
    }
}
