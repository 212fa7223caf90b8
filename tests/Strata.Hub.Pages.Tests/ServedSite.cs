using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Tests;

/// <summary>A hub with its website on a free port, with a client that follows nothing and keeps no cookie by itself.</summary>
internal sealed partial class ServedSite : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedSite(WebApplication app, string folder) => (_app, Folder) = (app, folder);

    public string Folder { get; }

    public HttpClient Client { get; private set; } = null!;

    public string Host => Client.BaseAddress!.Authority;

    public IServiceProvider Services => _app.Services;

    public AuthenticationHeaderValue Publisher => Basic("publisher", Secret("publisher-secret"));

    public AuthenticationHeaderValue Admin => Basic("admin", Secret("admin-password"));

    public static async Task<ServedSite> StartAsync(AuthMode mode = AuthMode.Open, Action<IServiceCollection>? services = null)
    {
        var folder = Directory.CreateTempSubdirectory("strata-site-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRegistryServer(new RegistryOptions { DataFolder = folder });
        services?.Invoke(builder.Services);
        builder.Services.AddHub(new HubOptions { DataFolder = folder, Auth = new AuthOptions { Mode = mode, PasswordRounds = 1000 } });
        builder.Services.AddHubPages();
        var app = builder.Build();
        app.UseHubPages();
        app.MapRegistry();
        app.MapHub();
        app.MapHubPages();
        await app.StartAsync();
        return new ServedSite(app, folder)
        {
            Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(app.Urls.First()) },
        };
    }

    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public async Task<(HttpStatusCode Status, string Text, HttpResponseMessage Response)> GetAsync(string path, string? cookie = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), response);
    }

    /// <summary>A page that must be there.</summary>
    public async Task<string> PageAsync(string path, string? cookie = null)
    {
        var (status, text, _) = await GetAsync(path, cookie);
        status.ShouldBe(HttpStatusCode.OK, path);
        return text;
    }

    /// <summary>Sends a form as a page of ours would: with the token and the cookie of that page.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, string? cookie, params (string Key, string Value)[] fields)
    {
        var (_, page, response) = await GetAsync("/", cookie);
        var token = Token().Match(page).Groups["token"].Value;
        var form = response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith("strata-hub-form=", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        request.Headers.Add("Cookie", cookie is null ? form : $"{form}; {cookie}");
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The session's cookie.</summary>
    public async Task<string> SignInAsync(string user, string password)
    {
        using var response = await PostAsync("/login", cookie: null, ("user", user), ("password", password), ("back", "/"));
        response.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        return response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]).First(c => c.StartsWith("strata-hub-session=", StringComparison.Ordinal));
    }

    public async Task AddUserAsync(string name, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/accounts/users") { Content = JsonContent.Create(new { name, password }) };
        request.Headers.Authorization = Admin;
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Pushes an image, and gives its manifest's digest.</summary>
    public async Task<Digest> PushAsync(string repository, string reference, SiteImage image, AuthenticationHeaderValue? who = null)
    {
        foreach (var blob in image.Blobs) await SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={Digest.Of(blob)}", blob, "application/octet-stream", who);
        return await PutAsync(repository, reference, image.Manifest, MediaTypes.OciManifest, who);
    }

    public async Task<Digest> PutAsync(string repository, string reference, byte[] document, string mediaType, AuthenticationHeaderValue? who = null)
    {
        var digest = Digest.Of(document);
        await SendAsync(HttpMethod.Put, $"/v2/{repository}/manifests/{(reference.Length == 0 ? digest.ToString() : reference)}", document, mediaType, who);
        return digest;
    }

    public Task PutBlobAsync(string repository, byte[] blob) => SendAsync(HttpMethod.Post, $"/v2/{repository}/blobs/uploads/?digest={Digest.Of(blob)}", blob, "application/octet-stream", who: null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private string Secret(string file) => File.ReadAllText(Path.Combine(Folder, file)).Trim();

    private async Task SendAsync(HttpMethod method, string path, byte[] content, string mediaType, AuthenticationHeaderValue? who)
    {
        using var request = new HttpRequestMessage(method, path) { Content = new ByteArrayContent(content) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        request.Headers.Authorization = who ?? (path.StartsWith("/v2/library/", StringComparison.Ordinal) ? Publisher : null);
        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
