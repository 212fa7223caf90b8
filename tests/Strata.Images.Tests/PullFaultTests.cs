using System.Text;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Whatever a registry or the network does: an error that says what and what to do, and a store that is as it was.</summary>
public sealed class PullFaultTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task A_blob_with_another_digest_is_refused()
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context) || !context.Request.Path.Value!.EndsWith(AppManifest.Layers[1].Digest.Hex, StringComparison.Ordinal)) return false;
            await context.Response.Body.WriteAsync(new byte[AppManifest.Layers[1].Size]);
            return true;
        });
        await FailsAsync<ImageException>(registry, "layer " + AppManifest.Layers[1].Digest.Short, "nothing of it was kept");
    }

    [Fact]
    public async Task A_connection_that_is_cut_again_and_again_is_an_error_that_says_how_far_it_came()
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context) || !context.Request.Path.Value!.EndsWith(AppManifest.Layers[0].Digest.Hex, StringComparison.Ordinal)) return false;
            await context.Response.Body.WriteAsync(new byte[] { 0x1f });
            return true;
        });
        await FailsAsync<RegistryException>(registry, "was cut off after", "try again");
    }

    [Fact]
    public async Task A_connection_that_is_cut_once_goes_on_where_it_stopped()
    {
        var cuts = 0;
        string? range = null;
        FaultyRegistry? registry = null;
        await using var running = registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context) || !context.Request.Path.Value!.EndsWith(AppManifest.Layers[0].Digest.Hex, StringComparison.Ordinal)) return false;
            if (cuts++ > 0)
            {
                range = context.Request.Headers.Range;
                return false;
            }
            var whole = await registry!.RealAnswerAsync(context);
            await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
            return true;
        });
        await Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None);
        range.ShouldNotBeNull().ShouldStartWith("bytes=");
        Images.List().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_is_reset_is_made_again()
    {
        var resets = 0;
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            if (++resets % 2 == 0) return Task.FromResult(false);
            context.Abort();
            return Task.FromResult(true);
        });
        (await Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None)).IsNew.ShouldBeTrue();
        resets.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task A_pull_that_was_stopped_goes_on_with_what_it_had()
    {
        var asked = new List<string?>();
        var stopped = false;
        FaultyRegistry? registry = null;
        using var stop = new CancellationTokenSource();
        await using var running = registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context) || !context.Request.Path.Value!.EndsWith(AppManifest.Layers[0].Digest.Hex, StringComparison.Ordinal)) return false;
            asked.Add(context.Request.Headers.Range);
            if (stopped) return false;
            stopped = true;
            var whole = await registry!.RealAnswerAsync(context);
            await context.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2));
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });
        var progress = new Stopper(AppManifest.Layers[0].Digest, AppManifest.Layers[0].Size / 2, stop);
        await Should.ThrowAsync<OperationCanceledException>(() => Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress, stop.Token));
        StoreShouldBeAsItWas();

        var result = await Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None);
        asked.ShouldBe([null, $"bytes={AppManifest.Layers[0].Size / 2}-"]);
        result.ReusedBytes.ShouldBeGreaterThanOrEqualTo(AppManifest.Layers[0].Size / 2);
    }

    [Fact]
    public async Task A_manifest_that_is_not_what_its_digest_says_is_refused()
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsManifest(context)) return false;
            context.Response.ContentType = MediaTypes.OciManifest;
            context.Response.Headers["Docker-Content-Digest"] = Digest.Of("another"u8).ToString();
            await context.Response.Body.WriteAsync(AppManifest.ToBytes());
            return true;
        });
        await FailsAsync<RegistryException>(registry, "should be " + Digest.Of("another"u8), "nothing was kept");
    }

    [Theory]
    [InlineData(Manifest.MaxBytes, false)]
    [InlineData(Manifest.MaxBytes + 1, true)]
    public async Task A_manifest_over_four_mebibytes_is_refused(int length, bool refused)
    {
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(AppManifest.ToBytes()).PadRight(length));
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsManifest(context)) return false;
            context.Response.ContentType = MediaTypes.OciManifest;
            await context.Response.Body.WriteAsync(bytes);
            return true;
        });
        if (refused) await FailsAsync<RegistryException>(registry, $"larger than the {Manifest.MaxBytes} bytes", "");
        else (await Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None)).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task A_tag_that_is_not_there_is_answered_with_those_that_are()
    {
        var failure = await Should.ThrowAsync<RegistryException>(() =>
            Images.PullAsync(App.WithTag("2"), new PullOptions(), progress: null, CancellationToken.None));
        failure.Message.ShouldContain($"no {App.Repository}:2");
        failure.Advice.ShouldBe("it has: 1");
        StoreShouldBeAsItWas();
    }

    [Theory]
    [InlineData("no-such-host.invalid/app:1", "unknown")]
    [InlineData("127.0.0.1:1/app:1", "refused")]
    public async Task A_host_that_is_not_there_is_said_to_be_so(string name, string reason)
    {
        var failure = await Should.ThrowAsync<RegistryException>(() =>
            Images.PullAsync(Reference.Parse(name), new PullOptions(), progress: null, CancellationToken.None));
        failure.Message.ShouldContain(reason);
        failure.Advice.ShouldNotBeNullOrEmpty();
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_registry_that_falls_silent_is_given_up()
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsManifest(context)) return false;
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            return true;
        });
        await FailsAsync<RegistryException>(registry, "did not answer within 3 s", "try again");
    }

    [Fact]
    public async Task Too_many_requests_is_said_with_the_time_to_wait()
    {
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "42";
            return Task.FromResult(true);
        });
        await FailsAsync<RegistryException>(registry, "too many requests", "42 s");
    }

    [Fact]
    public async Task Credentials_do_not_follow_a_redirect_to_another_host()
    {
        var seen = new List<string?>();
        await using var elsewhere = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            seen.Add(context.Request.Headers.Authorization);
            return Task.FromResult(false);
        });
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, context =>
        {
            if (context.Request.Headers.Authorization.Count == 0)
            {
                context.Response.StatusCode = 401;
                context.Response.Headers.WWWAuthenticate = "Basic realm=\"test\"";
                return Task.FromResult(true);
            }
            if (!FaultyRegistry.IsBlob(context)) return Task.FromResult(false);
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = $"http://{elsewhere.Address}{context.Request.Path}";
            return Task.FromResult(true);
        });
        using var client = new RegistryClient(new RegistryClientOptions { Credentials = new Known() });
        var images = new LocalImages(Store, client, [], TimeProvider.System);
        await images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None);
        seen.Count.ShouldBe(3);
        seen.ShouldAllBe(a => a == null);
    }

    [Fact]
    public async Task A_pull_that_is_cancelled_leaves_nothing_half_written()
    {
        using var stop = new CancellationTokenSource();
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context)) return false;
            await stop.CancelAsync();
            return false;
        });
        await Should.ThrowAsync<OperationCanceledException>(() => Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, stop.Token));
        StoreShouldBeAsItWas();
    }

    private async Task FailsAsync<T>(FaultyRegistry registry, string message, string advice)
        where T : Exception
    {
        var failure = await Should.ThrowAsync<T>(() => Images.PullAsync(AppAt(registry.Address), new PullOptions(), progress: null, CancellationToken.None));
        failure.Message.ShouldContain(message);
        if (advice.Length > 0) ((failure as ImageException)?.Advice ?? (failure as RegistryException)?.Advice).ShouldNotBeNull().ShouldContain(advice);
        StoreShouldBeAsItWas();
    }

    /// <summary>Stops the pull when so much of a layer has come.</summary>
    private sealed class Stopper(Digest layer, long at, CancellationTokenSource stop) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value)
        {
            if (value.Blobs.Any(b => b.Descriptor.Digest == layer && b.DoneBytes >= at)) stop.Cancel();
        }
    }

    private sealed class Known : ICredentialSource
    {
        public Task<Credential?> FindAsync(string registry, CancellationToken cancellationToken) => Task.FromResult<Credential?>(new Credential("me", "secret"));
    }
}
