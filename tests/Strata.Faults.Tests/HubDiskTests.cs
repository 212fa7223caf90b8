using System.Net;
using System.Security.Cryptography;
using Strata.Testing;

namespace Strata.Faults.Tests;

/// <summary>A hub whose disk is nearly full: it says so before it takes anything, keeps nothing in part, and goes on reading.</summary>
public sealed class HubDiskTests
{
    [Theory]
    [InlineData("8MiB", 12_000_000, false)] // refused before it is taken
    [InlineData("8MiB", 12_000_000, true)] // of unknown length: refused while it comes
    [InlineData("0", 20_000_000, true)] // without a reserve the disk itself says that it is full
    public async Task A_push_that_has_no_room_is_refused_and_nothing_of_it_stays(string reserve, int size, bool chunked)
    {
        using var disk = new SmallDisk("16m");
        var configuration = Path.Combine(disk.Path, "hub.json");
        await File.WriteAllTextAsync(configuration, $$"""{ "data": "data", "limits": { "diskReserve": "{{reserve}}" } }""", TestContext.Current.CancellationToken);
        await using var hub = new HubProcess { Arguments = ["--config", configuration] };
        await hub.InitializeAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{hub.Address}") };
        (await PushAsync(client, RandomNumberGenerator.GetBytes(1_000_000), chunked: false)).ShouldBe(HttpStatusCode.Created);
        var small = RandomNumberGenerator.GetBytes(1000);
        (await PushAsync(client, small, chunked: false)).ShouldBe(HttpStatusCode.Created);
        var before = new DriveInfo(disk.Path).AvailableFreeSpace;

        (await PushAsync(client, RandomNumberGenerator.GetBytes(size), chunked)).ShouldBe(HttpStatusCode.InsufficientStorage);

        Directory.GetFiles(Path.Combine(disk.Path, "data", "uploads")).ShouldBeEmpty();
        new DriveInfo(disk.Path).AvailableFreeSpace.ShouldBeGreaterThan(before - 1_000_000);
        (await client.GetByteArrayAsync($"/v2/a/b/blobs/{DigestOf(small)}", TestContext.Current.CancellationToken)).ShouldBe(small);
        (await PushAsync(client, RandomNumberGenerator.GetBytes(1_000_000), chunked)).ShouldBe(HttpStatusCode.Created);
    }

    private static async Task<HttpStatusCode> PushAsync(HttpClient client, byte[] content, bool chunked)
    {
        using var post = new HttpRequestMessage(HttpMethod.Post, $"/v2/a/b/blobs/uploads/?digest={DigestOf(content)}");
        post.Content = chunked ? new StreamContent(new MemoryStream(content)) : new ByteArrayContent(content);
        post.Headers.TransferEncodingChunked = chunked;
        // Who is refused in the midst of sending may see the connection end before it sees why; so it asks first.
        post.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(post, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static string DigestOf(byte[] content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));
}
