using System.Net;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class SameTimeTests : IAsyncLifetime
{
    private const int Clients = 16;
    private RegistryHost _host = null!;

    private HttpClient Client => _host.Client;

    public async ValueTask InitializeAsync() => _host = await RegistryHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Sixteen_clients_push_one_blob()
    {
        var content = Bytes(300_000);
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Client.PushBlobAsync(content, $"me/r{i % 4}")));
        for (var i = 0; i < 4; i++)
            (await Client.GetByteArrayAsync($"/v2/me/r{i}/blobs/{Digest.Of(content)}")).ShouldBe(content);
    }

    [Fact]
    public async Task Sixteen_clients_push_one_tag()
    {
        var manifests = new List<byte[]>();
        for (var i = 0; i < Clients; i++) manifests.Add(await Client.ManifestAsync(seed: i));
        var answers = await Task.WhenAll(manifests.Select(m => Client.PutManifestAsync(m, "t")));
        answers.Select(a => a.StatusCode).ShouldAllBe(s => s == HttpStatusCode.Created);
        manifests.ShouldContain(await Client.GetByteArrayAsync($"/v2/{Repository}/manifests/t"), new SameBytes());
    }

    [Fact]
    public async Task Sixteen_clients_push_and_delete_in_their_own_repositories()
    {
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async i =>
        {
            for (var n = 0; n < 5; n++)
            {
                var digest = await Client.PushImageAsync("t", $"me/own{i}", seed: (i * 10) + n);
                (await Client.DeleteAsync($"/v2/me/own{i}/manifests/{digest}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            }
        }));
        (await Client.JsonAsync("/v2/_catalog")).Strings("repositories").ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_chunks_for_the_same_place_do_not_mix()
    {
        var content = Bytes(100_000);
        var location = await Client.BeginAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            _ => Client.SendAsync("PATCH", location, content, null, ("Content-Range", $"0-{content.Length - 1}"))));
        answers.Count(a => a.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable).ShouldBe(3);
        (await Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Of_many_that_finish_one_upload_one_does_and_the_others_find_nothing()
    {
        var content = Bytes(100_000);
        for (var round = 0; round < 10; round++)
        {
            var location = await Client.BeginAsync();
            await Client.SendAsync("PATCH", location, content);
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}")));
            answers.Count(a => a.StatusCode == HttpStatusCode.Created).ShouldBe(1);
            answers.Count(a => a.StatusCode == HttpStatusCode.NotFound).ShouldBe(7);
        }
    }

    [Fact]
    public async Task More_uploads_than_files_are_held_open_all_go_on()
    {
        var locations = new List<string>();
        for (var i = 0; i < 300; i++)
        {
            locations.Add(await Client.BeginAsync());
            await Client.SendAsync("PATCH", locations[i], Bytes(10, i));
        }
        foreach (var i in (int[])[0, 150, 299])
        {
            byte[] content = [.. Bytes(10, i), .. Bytes(10, i)];
            (await Client.SendAsync("PUT", $"{locations[i]}?digest={Digest.Of(content)}", Bytes(10, i))).StatusCode.ShouldBe(HttpStatusCode.Created);
        }
    }

    private sealed class SameBytes : IEqualityComparer<byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => obj.Length;
    }
}
