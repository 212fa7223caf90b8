using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Strata.Testing;

/// <summary>A proxy before the real hub that can be told to misbehave for some requests, as registries and networks do.</summary>
public sealed class FaultyRegistry : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _hub;

    /// <param name="fault">Answers the request in the registry's stead, and says so with true.</param>
    private FaultyRegistry(string hub, Func<HttpContext, Task<bool>> fault)
    {
        _hub = new HttpClient { BaseAddress = new Uri($"http://{hub}") };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            if (!await fault(context)) await ForwardAsync(context);
        });
    }

    public string Address => new Uri(_app.Urls.First()).Authority;

    public static async Task<FaultyRegistry> StartAsync(string hub, Func<HttpContext, Task<bool>> fault)
    {
        var registry = new FaultyRegistry(hub, fault);
        await registry._app.StartAsync();
        return registry;
    }

    public static bool IsBlob(HttpContext context) => context.Request.Path.Value!.Contains("/blobs/", StringComparison.Ordinal);

    public static bool IsManifest(HttpContext context) => context.Request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal);

    /// <summary>What the real hub answers to this request, whole.</summary>
    public async Task<byte[]> RealAnswerAsync(HttpContext context) =>
        await _hub.GetByteArrayAsync(new Uri(context.Request.Path + context.Request.QueryString, UriKind.Relative));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _hub.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), context.Request.Path + context.Request.QueryString);
        foreach (var (name, value) in context.Request.Headers)
            if (name is "Accept" or "Range") request.Headers.TryAddWithoutValidation(name, (string?)value);
        using var answer = await _hub.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, value) in answer.Headers.Concat(answer.Content.Headers))
            if (name is not "Transfer-Encoding") context.Response.Headers[name] = value.ToArray();
        await answer.Content.CopyToAsync(context.Response.Body);
    }
}
