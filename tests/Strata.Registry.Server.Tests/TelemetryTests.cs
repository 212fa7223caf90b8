using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed partial class TelemetryTests
{
    [Fact]
    public async Task Requests_are_measured_by_route_method_and_status()
    {
        await using var host = await StartAsync();
        await host.Client.PushImageAsync("v1");
        await host.Client.GetAsync($"/v2/{Repository}/manifests/v1");
        await host.Client.GetAsync("/v2/other/name/manifests/v1");
        await host.Client.SendAsync("BREW", "/v2/");

        var metrics = await MetricsAsync(host);
        var labels = """http_route="/v2/{name}/manifests/{reference}",http_request_method="GET",http_response_status_code=""";
        metrics[$"http_server_request_duration_seconds_count{{{labels}\"200\"}}"].ShouldBe(1);
        metrics[$"http_server_request_duration_seconds_count{{{labels}\"404\"}}"].ShouldBe(1);
        metrics[$"http_server_request_duration_seconds_bucket{{{labels}\"200\",le=\"+Inf\"}}"].ShouldBe(1);
        metrics["""http_server_request_duration_seconds_count{http_route="/v2/",http_request_method="_OTHER",http_response_status_code="405"}"""].ShouldBe(1);
        metrics["strata_registry_pulls_total"].ShouldBe(1);
        metrics["strata_registry_pushes_total"].ShouldBe(1);
        metrics["strata_registry_blobs"].ShouldBe(2);
        metrics["strata_registry_storage_size_bytes"].ShouldBe(102);
        metrics["strata_registry_received_bytes_total"].ShouldBeGreaterThan(102);
        metrics["strata_registry_sent_bytes_total"].ShouldBeGreaterThan(100);
        metrics["strata_registry_storage_free_bytes"].ShouldBeGreaterThan(0);
        metrics["strata_registry_database_queue"].ShouldBe(0);
        metrics["strata_registry_database_commit_duration_seconds_count"].ShouldBeGreaterThan(0);
        metrics["strata_registry_garbage_collections_total"].ShouldBeGreaterThan(0);
        metrics.Keys.ShouldAllBe(k => !k.Contains(Repository));
    }

    [Fact]
    public async Task Without_metrics_there_is_no_page_of_them()
    {
        await using var host = await RegistryHost.StartAsync();
        (await host.Client.GetAsync("/metrics")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("Forwarded")]
    [InlineData("Via")]
    public async Task What_a_proxy_passes_on_is_not_of_this_machine(string header)
    {
        await using var host = await StartAsync();
        await (await host.Client.SendAsync("GET", "/metrics", headers: (header, "192.0.2.1"))).ShouldBeFaultAsync(HttpStatusCode.Forbidden, "DENIED");
    }

    [Fact]
    public async Task A_trace_goes_on_where_the_client_began_it()
    {
        var ended = new List<Activity>();
        await using var host = await StartAsync();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == TelemetryExtensions.TraceSource,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                lock (ended) ended.Add(a);
            },
        };
        ActivitySource.AddActivityListener(listener);
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        var response = await host.Client.SendAsync("GET", $"/v2/{Repository}/manifests/none", headers: ("traceparent", $"00-{trace}-00f067aa0ba902b7-01"));
        response.Header("X-Request-Id").ShouldBe(trace);
        while (true)
        {
            lock (ended)
                if (ended.Exists(a => a.TraceId.ToHexString() == trace)) break;
            await Task.Yield();
        }
        var span = ended.Single(a => a.TraceId.ToHexString() == trace);
        span.DisplayName.ShouldBe("GET /v2/{name}/manifests/{reference}");
        span.ParentSpanId.ToHexString().ShouldBe("00f067aa0ba902b7");
        span.GetTagItem("error.type").ShouldBe("MANIFEST_UNKNOWN");
    }

    private static Task<RegistryHost> StartAsync() =>
        RegistryHost.StartAsync(options: o => o with { Metrics = new MetricsOptions { Enabled = true } });

    private static async Task<Dictionary<string, double>> MetricsAsync(RegistryHost host)
    {
        var response = await host.Client.GetAsync("/metrics");
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var found = new Dictionary<string, double>();
        foreach (var line in (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith('#')) continue;
            var match = Sample().Match(line);
            match.Success.ShouldBeTrue(line);
            found.Add(match.Groups["name"].Value, double.Parse(match.Groups["value"].Value, System.Globalization.CultureInfo.InvariantCulture));
        }
        return found;
    }

    [GeneratedRegex("""^(?<name>[a-z_]+[a-z0-9_]*(\{([a-z_]+="([^"\\]|\\.)*",?)+\})?) (?<value>\S+)$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();
}
