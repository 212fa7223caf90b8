using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class HealthTests
{
    [Fact]
    public async Task A_registry_that_works_is_alive_and_ready()
    {
        await using var host = await RegistryHost.StartAsync();
        (await host.Client.GetStringAsync("/healthz")).ShouldBe("ok\n");
        (await host.Client.GetStringAsync("/readyz")).ShouldBe("ready\n");
        var verbose = await host.Client.JsonAsync("/readyz?verbose");
        verbose.GetProperty("ready").GetBoolean().ShouldBeTrue();
        verbose.GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ShouldBe(["database", "storage", "disk", "drain"]);
    }

    [Fact]
    public async Task A_part_that_fails_or_has_a_reason_makes_it_unready_and_is_named()
    {
        await using var host = await RegistryHost.StartAsync(
            s => s.AddSingleton<IHealthPart, Broken>(), o => o with { Limits = new LimitOptions { DiskReserve = 1L << 44 } });
        var response = await host.Client.GetAsync("/readyz");
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await response.Content.ReadAsStringAsync()).ShouldBe("not ready: broken, disk\n");
        using var json = JsonDocument.Parse(await (await host.Client.GetAsync("/readyz?verbose")).Content.ReadAsStringAsync());
        var parts = json.RootElement.GetProperty("parts").EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!);
        parts["broken"].GetProperty("reason").GetString().ShouldBe("it failed; the log says why");
        parts["disk"].GetProperty("reason").GetString()!.ShouldContain("are free, and the reserve is 17.6 TB");
        parts["database"].GetProperty("ready").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_folder_that_is_gone_makes_it_unready()
    {
        await using var host = await RegistryHost.StartAsync();
        Directory.Move(host.Folder, host.Folder + "-away");
        try
        {
            (await (await host.Client.GetAsync("/readyz")).Content.ReadAsStringAsync()).ShouldContain("storage");
        }
        finally
        {
            Directory.Move(host.Folder + "-away", host.Folder);
        }
    }

    [Fact]
    public async Task A_push_that_is_under_way_survives_a_drain_and_a_new_one_is_sent_elsewhere()
    {
        await using var host = await RegistryHost.StartAsync();
        var drain = host.Services.GetRequiredService<Drain>();
        var content = Bytes(1000);
        var location = await host.Client.BeginAsync();
        (await host.Client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var push = await SlowPush.BeginAsync(host.Address, host.Folder, location, 1000, content[..400]);

        var draining = drain.RunAsync(TestContext.Current.CancellationToken);
        (await host.Client.GetAsync("/readyz")).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        var refused = await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/");
        await refused.ShouldBeFaultAsync(HttpStatusCode.ServiceUnavailable, "UNAVAILABLE");
        refused.Header("Retry-After").ShouldBe("5");
        refused.Headers.ConnectionClose.ShouldBe(true);
        draining.IsCompleted.ShouldBeFalse();

        (await push.FinishAsync(content[400..])).ShouldStartWith("HTTP/1.1 202");
        (await host.Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await draining).ShouldBeGreaterThan(TimeSpan.Zero);
    }

    [Fact]
    public async Task Nothing_to_finish_is_no_reason_to_wait()
    {
        var drain = new Drain(new DrainOptions(), TimeProvider.System);
        var draining = drain.RunAsync(TestContext.Current.CancellationToken);
        draining.IsCompletedSuccessfully.ShouldBeTrue();
        (await draining).ShouldBeGreaterThan(TimeSpan.FromSeconds(25));
    }

    private sealed class Broken : IHealthPart
    {
        public string Name => "broken";

        public ValueTask<string?> FaultAsync(CancellationToken cancellationToken) => throw new IOException("no such luck");
    }
}
