using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Containers;
using Strata.Content;
using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Testing;

namespace Strata.Dashboard.Tests;

/// <summary>A dashboard on a free port over a store of its own, and a client that follows nothing by itself.</summary>
public sealed partial class RunningDashboard : IAsyncLifetime
{
    private readonly WebApplication _app;

    public RunningDashboard()
    {
        Root = Directory.CreateTempSubdirectory("strata-dashboard-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        // Nothing listens on port 1: a search fails as it does when the hub is down.
        builder.Services.AddDashboard(new DashboardOptions { Root = Root, Hub = "127.0.0.1:1", Program = Checkout.Program("Strata.Cli", "strata") });
        _app = builder.Build();
        _app.MapDashboard();
    }

    public string Root { get; }

    public HttpClient Client { get; private set; } = null!;

    public int Port => Client.BaseAddress!.Port;

    public TaskBoard Board => _app.Services.GetRequiredService<TaskBoard>();

    public LocalImages Images => _app.Services.GetRequiredService<LocalImages>();

    public LocalContainers Containers => _app.Services.GetRequiredService<LocalContainers>();

    public ContentStore Store => _app.Services.GetRequiredService<ContentStore>();

    public async ValueTask InitializeAsync()
    {
        await _app.StartAsync(TestContext.Current.CancellationToken);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(Root, recursive: true);
    }

    public async Task<string> PageAsync(string path)
    {
        using var response = await Client.GetAsync(path, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends a form as a page of ours would, with the token of a page that was just read.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, params (string Key, string Value)[] fields)
    {
        var token = Token().Match(await PageAsync("/images")).Groups["token"].Value;
        var form = fields.Append(("__RequestVerificationToken", WebUtility.HtmlDecode(token))).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        using var content = new FormUrlEncodedContent(form);
        return await Client.PostAsync(path, content, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
