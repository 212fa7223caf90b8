using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>What registries do on bad days, and what a pull makes of it: it goes on where it can, and says what is wrong where it cannot.</summary>
public sealed class RegistryFaultTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task A_blob_that_stalls_in_the_middle_is_asked_for_again_from_there()
    {
        var ranges = new ConcurrentQueue<string?>();
        FaultyRegistry? registry = null;
        await using var running = registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!IsFirstLayer(context)) return false;
            ranges.Enqueue(context.Request.Headers.Range);
            if (ranges.Count > 1) return false;
            var whole = await registry!.RealAnswerAsync(context);
            context.Response.ContentLength = whole.Length;
            await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });
        await PullAsync(AppAt(registry.Address), new RegistryClientOptions { Silence = TimeSpan.FromSeconds(1) });
        ranges.ShouldBe([null, $"bytes={AppManifest.Layers[0].Size / 2}-"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_length_that_is_not_the_manifests_is_refused_before_the_content(int more)
    {
        var length = AppManifest.Layers[0].Size + more;
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!IsFirstLayer(context)) return false;
            context.Response.ContentLength = length;
            await context.Response.Body.WriteAsync(new byte[length]);
            return true;
        });
        var failure = await Should.ThrowAsync<RegistryException>(() => PullAsync(AppAt(registry.Address)));
        failure.Message.ShouldContain($"has {length} bytes");
        failure.Message.ShouldContain($"says {AppManifest.Layers[0].Size}");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_token_that_expires_during_a_pull_is_replaced_by_a_fresh_one()
    {
        var given = 0;
        var expired = 0;
        FaultyRegistry? registry = null;
        await using var running = registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (context.Request.Path == "/token")
            {
                await context.Response.WriteAsync($$"""{"token":"{{Interlocked.Increment(ref given)}}"}""");
                return true;
            }
            // The first token ends with the first request for a layer.
            if (IsFirstLayer(context)) Interlocked.Exchange(ref expired, 1);
            var token = (string?)context.Request.Headers.Authorization;
            if (token is not null && (token != "Bearer 1" || Volatile.Read(ref expired) == 0)) return false;
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = $"Bearer realm=\"http://{registry!.Address}/token\",service=\"test\"";
            return true;
        });
        await PullAsync(AppAt(registry.Address));
        expired.ShouldBe(1);
        given.ShouldBeInRange(2, 3, "the second layer may have asked at the same time");
    }

    [Theory]
    [InlineData(429, "1", 1)]
    [InlineData(503, null, 2)]
    public async Task A_registry_that_is_busy_for_a_moment_is_waited_for(int status, string? retryAfter, int times)
    {
        var answered = 0;
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            if (!FaultyRegistry.IsManifest(context) || answered == times) return Task.FromResult(false);
            answered++;
            context.Response.StatusCode = status;
            if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
            return Task.FromResult(true);
        });
        await PullAsync(AppAt(registry.Address));
        answered.ShouldBe(times);
    }

    [Theory]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(null)]
    public async Task A_mirror_that_does_not_help_is_passed_over(int? status)
    {
        await using var bad = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            context.Response.StatusCode = status ?? 0;
            return Task.FromResult(true);
        });
        var name = Reference.Parse($"docker.io/{App.Repository}:1");
        await PullAsync(name, new RegistryClientOptions
        {
            // Nothing listens on port 1.
            Mirrors = [new Uri(status is null ? "http://127.0.0.1:1/" : $"http://{bad.Address}/"), new Uri($"http://{Hub.Address}/")],
            Retries = 0,
        });
        Images.List().Single().Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/blob")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_to_what_is_not_the_web_is_refused(string location)
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            if (!FaultyRegistry.IsBlob(context)) return Task.FromResult(false);
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = location;
            return Task.FromResult(true);
        });
        (await Should.ThrowAsync<RegistryException>(() => PullAsync(AppAt(registry.Address)))).Message.ShouldContain("which is not safe");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_next_page_of_tags_on_another_host_is_not_asked_for()
    {
        var asked = 0;
        await using var elsewhere = await FaultyRegistry.StartAsync(Hub.Address, _ =>
        {
            asked++;
            return Task.FromResult(false);
        });
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            context.Response.Headers.Link = $"<http://{elsewhere.Address}{context.Request.Path}?last=1>; rel=\"next\"";
            await context.Response.WriteAsync("""{"name":"app","tags":["1"]}""");
            return true;
        });
        using var client = new RegistryClient(new RegistryClientOptions());
        (await client.ListTagsAsync(registry.Address, "app", CancellationToken.None)).ShouldBe(["1"]);
        asked.ShouldBe(0);
    }

    private bool IsFirstLayer(HttpContext context) => context.Request.Path.Value!.EndsWith(AppManifest.Layers[0].Digest.Hex, StringComparison.Ordinal);

    private async Task PullAsync(Reference name, RegistryClientOptions? options = null)
    {
        using var client = new RegistryClient(options ?? new RegistryClientOptions());
        await new LocalImages(Store, client, [], TimeProvider.System).PullAsync(name, new PullOptions(), progress: null, CancellationToken.None);
    }
}
