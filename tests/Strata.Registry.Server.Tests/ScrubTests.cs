using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class ScrubTests : MaintainedRegistry
{
    [Fact]
    public async Task Sound_blobs_are_read_and_stay()
    {
        await Client.PushImageAsync("v1");
        var result = await ScrubAsync();
        (result.Blobs, result.Bytes).ShouldBe((2, 102));
        result.Damaged.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("shorter")]
    [InlineData("gone")]
    public async Task A_damaged_blob_is_not_served_until_a_push_brings_it_again(string damage)
    {
        var content = Bytes(100_000);
        var digest = await Client.PushBlobAsync(content);
        Damage(Host.FileOf(digest), damage);

        (await ScrubAsync()).Damaged.ShouldBe([digest.ToString()]);
        Maintenance.ListDamaged(10).ShouldBe([digest]);
        (await Client.SendAsync("HEAD", $"/v2/{Repository}/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Client.GetAsync($"/v2/{Repository}/blobs/{digest}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Client.SendAsync("POST", $"/v2/me/other/blobs/uploads/?mount={digest}&from={Repository}")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        Host.FilesOf(digest).ShouldBeEmpty();

        // From any repository: the bytes are the same.
        await Client.PushBlobAsync(content, "me/other");
        (await Client.GetByteArrayAsync($"/v2/{Repository}/blobs/{digest}")).ShouldBe(content);
        Maintenance.ListDamaged(10).ShouldBeEmpty();
        (await ScrubAsync()).Damaged.ShouldBeEmpty();
    }

    [Fact]
    public async Task Damaged_bytes_are_kept_for_whoever_wants_to_look()
    {
        var digest = await Client.PushBlobAsync(Bytes(1000));
        Damage(Host.FileOf(digest), "flipped");
        await ScrubAsync();
        Directory.GetFiles(Path.Combine(Host.Folder, "quarantine")).ShouldHaveSingleItem().ShouldContain(digest.Hex);
    }

    [Fact]
    public async Task A_manifest_that_names_a_damaged_blob_asks_for_it()
    {
        var manifest = await Client.ManifestAsync();
        Damage(Host.FileOf(Manifest.Parse(manifest).Layers[0].Digest), "flipped");
        await ScrubAsync();
        await (await Client.PutManifestAsync(manifest, "v1")).ShouldBeFaultAsync(HttpStatusCode.NotFound, "MANIFEST_BLOB_UNKNOWN");
    }

    [Fact]
    public async Task What_was_checked_lately_is_not_read_again()
    {
        await Client.PushBlobAsync(Bytes(1000));
        var scrubber = Host.Services.GetRequiredService<Scrubber>();
        (await scrubber.ScrubAsync(Clock.GetUtcNow() - TimeSpan.FromDays(30), bytesPerSecond: null, Token)).Blobs.ShouldBe(0);
        Clock.Pass(TimeSpan.FromDays(31));
        (await scrubber.ScrubAsync(Clock.GetUtcNow() - TimeSpan.FromDays(30), bytesPerSecond: null, Token)).Blobs.ShouldBe(1);
        (await scrubber.ScrubAsync(Clock.GetUtcNow() - TimeSpan.FromDays(30), bytesPerSecond: null, Token)).Blobs.ShouldBe(0);
    }

    [Fact]
    public async Task A_manifest_that_the_disk_has_spoiled_is_not_served_and_a_push_mends_it()
    {
        await using var host = await RegistryHost.StartAsync(options: o => o with { ManifestCacheBytes = 0 });
        var manifest = await host.Client.ManifestAsync();
        await host.Client.PutManifestAsync(manifest, "v1");
        using (var connection = host.Services.GetRequiredService<IDatabaseProvider>().Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE manifest_contents SET content = zeroblob(length(content))";
            command.ExecuteNonQuery();
        }
        (await host.Client.GetAsync($"/v2/{Repository}/manifests/v1")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await host.Client.PutManifestAsync(manifest, "v1");
        (await host.Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v1")).ShouldBe(manifest);
    }

    private ValueTask<ScrubResult> ScrubAsync()
    {
        Clock.Pass(TimeSpan.FromSeconds(1));
        return Maintenance.ScrubAsync(Token);
    }

    private static void Damage(string file, string damage)
    {
        if (damage == "gone")
        {
            File.Delete(file);
            return;
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        if (damage == "shorter")
        {
            stream.SetLength(stream.Length - 1);
            return;
        }
        stream.Position = stream.Length / 2;
        var old = stream.ReadByte();
        stream.Position--;
        stream.WriteByte((byte)(old ^ 1));
    }
}
