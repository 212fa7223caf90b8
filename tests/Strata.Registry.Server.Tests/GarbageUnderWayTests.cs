using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Testing;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>Garbage collection without a pause, while clients push, pull and delete.</summary>
public sealed class GarbageUnderWayTests
{
    private const int Clients = 8;
    private const int Rounds = 40;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_is_left()
    {
        var token = TestContext.Current.CancellationToken;
        var clock = new Clock();
        // What is deleted is garbage at once. The lease is real: it is what keeps a push whole between its blobs and its manifest.
        var garbage = new GarbageOptions { KeepDeleted = TimeSpan.Zero, KeepHistory = TimeSpan.Zero, Lease = TimeSpan.FromMinutes(1) };
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<TimeProvider>(clock), o => o with { Garbage = garbage });
        var maintenance = host.Services.GetRequiredService<IRegistryMaintenance>();

        using var over = new CancellationTokenSource();
        long collected = 0;
        var collecting = Task.Run(
            async () =>
            {
                while (!over.IsCancellationRequested)
                    collected += (await maintenance.CollectAsync(dryRun: false, token)).Manifests;
            },
            token);
        var kept = await Task.WhenAll(Enumerable.Range(0, Clients).Select(c => PushAndDeleteAsync(host.Client, c)));
        await over.CancelAsync();
        await collecting;

        foreach (var (repository, digest) in kept.SelectMany(k => k)) await ShouldBeWholeAsync(host.Client, repository, digest);
        collected.ShouldBeGreaterThan(0);
        foreach (var (repository, digest) in kept.SelectMany(k => k))
            (await host.Client.DeleteAsync($"/v2/{repository}/manifests/{digest}", token)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await maintenance.CollectAsync(dryRun: false, token);
        clock.Pass(garbage.Lease * 2);
        await maintenance.CollectAsync(dryRun: false, token);
        Directory.GetFiles(Path.Combine(host.Folder, "blobs"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        (await host.Client.JsonAsync("/v2/_catalog")).Strings("repositories").ShouldBeEmpty();
    }

    /// <summary>Layers are few and shared by all, so that what one client deletes another is just pushing.</summary>
    private static async Task<List<(string Repository, Digest Digest)>> PushAndDeleteAsync(HttpClient client, int number)
    {
        var random = new Random(number);
        var kept = new List<(string, Digest)>();
        for (var round = 0; round < Rounds; round++)
        {
            var repository = $"me/app{random.Next(3)}";
            var tag = $"c{number}-{round}";
            var digest = await PushAsync(client, repository, tag, [random.Next(6), random.Next(6)]);
            await ShouldBeWholeAsync(client, repository, digest);
            // Its own manifest: a layer's number is in its annotations, so nobody else deletes it.
            if (random.Next(3) == 0) kept.Add((repository, digest));
            else (await client.DeleteAsync($"/v2/{repository}/manifests/{(random.Next(2) == 0 ? tag : digest.ToString())}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        }
        return kept;
    }

    private static async Task<Digest> PushAsync(HttpClient client, string repository, string tag, int[] layers)
    {
        foreach (var layer in layers)
        {
            // As clients do: what is here already is not pushed.
            var head = await client.SendAsync("HEAD", $"/v2/{repository}/blobs/{Digest.Of(Bytes(2000, layer))}");
            if (head.StatusCode == HttpStatusCode.NotFound) await client.PushBlobAsync(Bytes(2000, layer), repository);
        }
        var manifest = Manifest.Parse(await client.ManifestAsync(repository, annotations: new Dictionary<string, string>(StringComparer.Ordinal) { ["tag"] = tag }));
        var bytes = (manifest with
        {
            Layers = [.. layers.Select(l => new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Of(Bytes(2000, l)), Size = 2000 })],
        }).ToBytes();
        var put = await client.PutManifestAsync(bytes, tag, repository);
        put.StatusCode.ShouldBe(HttpStatusCode.Created, await put.Content.ReadAsStringAsync());
        return Digest.Of(bytes);
    }

    private static async Task ShouldBeWholeAsync(HttpClient client, string repository, Digest digest)
    {
        var manifest = Manifest.Parse(await client.GetByteArrayAsync($"/v2/{repository}/manifests/{digest}"));
        foreach (var blob in manifest.Layers.Append(manifest.Config))
            Digest.Of(await client.GetByteArrayAsync($"/v2/{repository}/blobs/{blob.Digest}")).ShouldBe(blob.Digest);
    }
}
