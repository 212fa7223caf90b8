using System.Collections.Concurrent;
using System.Security.Cryptography;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class WideningTests(HubProcess hub) : ImagesFixture(hub)
{
    private const int Size = 40 * 1024 * 1024;

    [Fact]
    public async Task A_large_layer_on_a_slow_line_comes_over_several_connections_and_whole()
    {
        var name = await PushLargeAsync();
        var ranges = new ConcurrentQueue<string>();
        await using var registry = await FaultyRegistry.StartAsync(Hub.Address, async context =>
        {
            if (!FaultyRegistry.IsBlob(context)) return false;
            if ((string?)context.Request.Headers.Range is { } range)
            {
                ranges.Enqueue(range);
                return false;
            }
            // The one long answer trickles, as a line does that is slow for each connection.
            context.Response.Headers.AcceptRanges = "bytes";
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(new byte[64 * 1024]);
                await tick.WaitForNextTickAsync();
            }
            return true;
        });

        // The trickle must be the blob's real bytes: a layer of zeros is the same at every place.
        using var client = new RegistryClient(new RegistryClientOptions());
        var layer = new Descriptor { MediaType = "application/octet-stream", Digest = Digest.Of(new byte[Size]), Size = Size };
        await using var blob = await client.OpenBlobAsync(Reference.Parse($"{registry.Address}/{name.Repository}:1"), layer, CancellationToken.None);
        using var hash = SHA256.Create();
        Digest.FromHash(await hash.ComputeHashAsync(blob)).ShouldBe(layer.Digest);
        ranges.Count.ShouldBeGreaterThan(3);
    }

    /// <summary>Pushes a blob of zeros beside the test image.</summary>
    private async Task<Reference> PushLargeAsync()
    {
        using var client = new RegistryClient(new RegistryClientOptions());
        var zeros = new byte[Size];
        await client.PutBlobAsync(App, new Descriptor { MediaType = "application/octet-stream", Digest = Digest.Of(zeros), Size = Size },
            () => new MemoryStream(zeros), mountFrom: null, CancellationToken.None);
        return App;
    }
}
