using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Strata.Hub.Tests;

/// <summary>The program with what its operators configure.</summary>
public sealed class OperationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-web-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Only_a_trusted_proxy_is_believed_whom_it_speaks_for()
    {
        const string Limit = "\"limits\": { \"pulls\": { \"anonymous\": 5 } }";
        using (var hub = await ServedHub.StartAsync(_folder, Limit + ", \"http\": { \"trustedProxies\": [\"127.0.0.0/8\"] }")) (await SourceAsync(hub)).ShouldBe("192.0.2.1");
        using (var hub = await ServedHub.StartAsync(_folder, Limit + ", \"http\": { \"trustedProxies\": [\"192.0.2.7\"] }")) (await SourceAsync(hub)).ShouldBe("127.0.0.1");
        using (var hub = await ServedHub.StartAsync(_folder, Limit)) (await SourceAsync(hub)).ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task Metrics_on_an_address_of_their_own_are_there_and_nowhere_else()
    {
        var port = FreePort();
        using var hub = await ServedHub.StartAsync(_folder, $"\"metrics\": {{ \"enabled\": true, \"listen\": \"127.0.0.1:{port}\" }}");
        using var own = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var metrics = await own.GetStringAsync("/metrics");
        metrics.ShouldContain("# TYPE strata_registry_blobs gauge\nstrata_registry_blobs 0\n");
        metrics.ShouldContain("# TYPE strata_hub_scans_queue gauge\nstrata_hub_scans_queue 0\n");
        (await own.GetAsync("/healthz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await own.GetAsync("/v2/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hub.Client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await hub.Client.GetAsync("/v2/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_are_for_administrators_where_others_can_ask()
    {
        using var hub = await ServedHub.StartAsync(_folder, "\"metrics\": { \"enabled\": true }, \"auth\": { \"mode\": \"accounts\" }, \"http\": { \"trustedProxies\": [\"127.0.0.1\"] }");
        (await hub.Client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var password = (await File.ReadAllTextAsync(Directory.GetFiles(Path.Combine(_folder, "data"), "*admin*").Single(), TestContext.Current.CancellationToken)).Trim();
        (await FromElsewhereAsync(hub, null)).ShouldBe(HttpStatusCode.Forbidden);
        (await FromElsewhereAsync(hub, HubHost.Basic("admin", "wrong"))).ShouldBe(HttpStatusCode.Forbidden);
        (await FromElsewhereAsync(hub, HubHost.Basic("admin", password))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_and_traces_go_to_a_collector_of_opentelemetry()
    {
        var received = new ConcurrentDictionary<string, TaskCompletionSource<string>>();
        await using var collector = await StartCollectorAsync(received);
        var settings = $"\"metrics\": {{ \"otlp\": \"{collector.Urls.First()}\" }}";
        using var hub = await ServedHub.StartAsync(
            _folder, settings, ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "100"), ("OTEL_BSP_SCHEDULE_DELAY", "100"));
        (await hub.Client.GetAsync("/v2/me/app/tags/list")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        (await Signal(received, "/v1/traces").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldContain("GET /v2/{name}/tags/list");
        (await Signal(received, "/v1/metrics").WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken)).ShouldContain("strata-hub");
    }

    [Fact]
    public async Task The_access_log_goes_to_standard_error_and_is_whole_at_the_end()
    {
        using var hub = await ServedHub.StartAsync(_folder, "\"accessLog\": { \"format\": \"combined\" }");
        for (var i = 0; i < 20; i++) await hub.Client.GetAsync("/v2/");
        hub.Signal("TERM");
        var (code, errors) = await hub.EndAsync();
        code.ShouldBe(0);
        errors.TrimEnd('\n').Split('\n').Length.ShouldBe(20);
        errors.ShouldStartWith("127.0.0.1 - - [");
    }

    private static Task<string> Signal(ConcurrentDictionary<string, TaskCompletionSource<string>> received, string path) =>
        received.GetOrAdd(path, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static async Task<WebApplication> StartCollectorAsync(ConcurrentDictionary<string, TaskCompletionSource<string>> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.MapPost("/v1/{signal}", async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _ = Signal(received, context.Request.Path.Value!);
            // Protobuf has texts as they are.
            received[context.Request.Path.Value!].TrySetResult(Encoding.Latin1.GetString(body.ToArray()));
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<HttpStatusCode> FromElsewhereAsync(ServedHub hub, System.Net.Http.Headers.AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        request.Headers.Authorization = authorization;
        return (await hub.Client.SendAsync(request)).StatusCode;
    }

    private static async Task<string> SourceAsync(ServedHub hub)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/v2/me/app/manifests/v1");
        request.Headers.Add("X-Forwarded-For", "192.0.2.1");
        return (await hub.Client.SendAsync(request)).Headers.GetValues("docker-ratelimit-source").Single();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
