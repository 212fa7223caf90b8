using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

/// <summary>Uploads that are too large, too many, or more than the disk has room for.</summary>
public sealed class UploadLimitTests
{
    private const int Limit = 1 << 20;

    [Theory]
    [InlineData(Limit, true)]
    [InlineData(Limit + 1, false)]
    public async Task A_blob_has_a_largest_size_however_it_comes(int size, bool fits)
    {
        await using var host = await StartAsync(new LimitOptions { MaxBlobSize = Limit });
        var content = Bytes(size);
        var digest = Digest.Of(content);
        var answers = new List<HttpResponseMessage>
        {
            await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={digest}", content),
            await host.Client.SendAsync("PUT", $"{await host.Client.BeginAsync()}?digest={digest}", content),
        };
        using (var chunked = new HttpRequestMessage(HttpMethod.Put, $"{await host.Client.BeginAsync()}?digest={digest}"))
        {
            chunked.Content = new StreamContent(new MemoryStream(content));
            chunked.Headers.TransferEncodingChunked = true;
            answers.Add(await host.Client.SendAsync(chunked));
        }
        var two = await host.Client.BeginAsync();
        await host.Client.SendAsync("PATCH", two, content[..1000]);
        answers.Add(await host.Client.SendAsync("PUT", $"{two}?digest={digest}", content[1000..]));
        foreach (var answer in answers)
        {
            if (fits) answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            else await answer.ShouldBeFaultAsync(HttpStatusCode.RequestEntityTooLarge, "SIZE_INVALID");
        }
        Uploads(host).ShouldBeEmpty();
    }

    [Fact]
    public async Task Below_the_disks_reserve_nothing_is_taken_and_all_is_read()
    {
        var folder = Directory.CreateTempSubdirectory("strata-registry-").FullName;
        Digest digest;
        await using (var host = await RegistryHost.StartAsync(folder, ownsFolder: false)) digest = await host.Client.PushImageAsync("v1");
        await using (var host = await RegistryHost.StartAsync(folder, ownsFolder: true, options: o => o with { Limits = new LimitOptions { DiskReserve = 1L << 44 } }))
        {
            await (await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/")).ShouldBeFaultAsync(HttpStatusCode.InsufficientStorage, "UNAVAILABLE");
            var content = Bytes(100, seed: 9);
            await (await host.Client.SendAsync("POST", $"/v2/{Repository}/blobs/uploads/?digest={Digest.Of(content)}", content))
                .ShouldBeFaultAsync(HttpStatusCode.InsufficientStorage, "UNAVAILABLE");
            var manifest = await host.Client.GetByteArrayAsync($"/v2/{Repository}/manifests/v1");
            Digest.Of(manifest).ShouldBe(digest);
            await (await host.Client.PutManifestAsync(manifest, "v2")).ShouldBeFaultAsync(HttpStatusCode.InsufficientStorage, "UNAVAILABLE");
            (await host.Client.JsonAsync($"/v2/{Repository}/tags/list")).Strings("tags").ShouldBe(["v1"]);
            (await host.Client.SendAsync("DELETE", $"/v2/{Repository}/manifests/v1")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
            Uploads(host).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task What_was_promised_counts_until_it_has_come()
    {
        await using var host = await RegistryHost.StartAsync();
        var folder = Path.GetTempPath();
        var free = new DriveInfo(folder).AvailableFreeSpace;
        // Half of what is free stays free: far more than anybody else writes to this disk meanwhile.
        var disk = new DiskReserve(folder, free / 2);
        var admission = new UploadAdmission(new LimitOptions(), disk, host.Services.GetRequiredService<Quotas>());
        admission.Receive(Repository, digest: null, have: 0, length: free / 3, out var first).ShouldBeNull();
        admission.Receive(Repository, digest: null, have: 0, length: free / 3, out var second)!.Status.ShouldBe(507);
        second.Dispose();
        first.Admits(have: 0, more: free / 3).ShouldBeTrue();
        admission.Receive(Repository, digest: null, have: 0, length: free / 3, out var third).ShouldBeNull();
        third.Dispose();
        first.Dispose();
        disk.HasRoomFor(free / 3).ShouldBeTrue();
    }

    [Fact]
    public async Task More_uploads_at_once_than_there_may_be_are_told_to_wait()
    {
        await using var host = await StartAsync(new LimitOptions { UploadsAtOnce = 1 });
        var (slow, quick) = (await host.Client.BeginAsync(), await host.Client.BeginAsync());
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(host.Address.Host, host.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes($"PATCH {slow} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345"));
            var file = new FileInfo(Path.Combine(host.Folder, "uploads", slow[(slow.LastIndexOf('/') + 1)..]));
            while (file.Length < 5)
            {
                await Task.Yield();
                file.Refresh();
            }
            var refused = await host.Client.SendAsync("PATCH", quick, Bytes(10));
            await refused.ShouldBeFaultAsync(HttpStatusCode.TooManyRequests, "TOOMANYREQUESTS");
            refused.Header("Retry-After").ShouldBe("1");
            await socket.SendAsync("67890"u8.ToArray());
            var answer = new byte[1000];
            Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer)).ShouldStartWith("HTTP/1.1 202");
        }
        (await host.Client.SendAsync("PATCH", quick, Bytes(10))).StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    private static Task<RegistryHost> StartAsync(LimitOptions limits) => RegistryHost.StartAsync(options: o => o with { Limits = limits });

    private static string[] Uploads(RegistryHost host) => Directory.GetFiles(Path.Combine(host.Folder, "uploads"));
}
