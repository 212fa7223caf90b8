using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>A real hub with a proxy before it, which counts what is asked and misbehaves when it is told to.</summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _asked = new();
    private FaultyRegistry _proxy = null!;

    public HubHost Hub { get; private set; } = null!;

    /// <summary>Host and port of the proxy.</summary>
    public string Registry => _proxy.Address;

    /// <summary>Answers a request in the hub's stead, and says so with true.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    public static async Task<Upstream> StartAsync()
    {
        var upstream = new Upstream { Hub = await HubHost.StartAsync() };
        upstream._proxy = await FaultyRegistry.StartAsync(upstream.Hub.Registry, async context =>
        {
            upstream._asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
            return upstream.Fault is { } fault && await fault(context);
        });
        return upstream;
    }

    public Func<HttpContext, Task<bool>> Answering(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.FromResult(true);
    };

    /// <summary>How often something was asked, counted by the beginning of method and path.</summary>
    public int Asked(string beginning) => _asked.Count(a => a.StartsWith(beginning, StringComparison.Ordinal));

    public Task<byte[]> RealAnswerAsync(HttpContext context) => _proxy.RealAnswerAsync(context);

    public async ValueTask DisposeAsync()
    {
        await _proxy.DisposeAsync();
        await Hub.DisposeAsync();
    }
}
