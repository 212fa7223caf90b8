using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class RestartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-registry-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(DigestAlgorithm.Sha256)]
    [InlineData(DigestAlgorithm.Sha512)]
    public async Task An_upload_goes_on_after_a_restart(DigestAlgorithm algorithm)
    {
        var content = Bytes(50_000);
        string location;
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
            location = await host.Client.BeginAsync();
            await host.Client.SendAsync("PATCH", location, content[..20_000], null, ("Content-Range", "0-19999"));
        }
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
            (await host.Client.GetAsync(location)).Header("Range").ShouldBe("0-19999");
            await host.Client.SendAsync("PATCH", location, content[20_000..], null, ("Content-Range", "20000-49999"));
            var put = await host.Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content, algorithm)}");
            put.StatusCode.ShouldBe(HttpStatusCode.Created);
            (await host.Client.GetByteArrayAsync(put.Headers.Location)).ShouldBe(content);
        }
    }

    [Fact]
    public async Task What_was_pushed_is_there_after_a_restart()
    {
        Digest digest;
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false)) digest = await host.Client.PushImageAsync("v1");
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
            var response = await host.Client.GetAsync($"/v2/{Repository}/manifests/v1");
            Digest.Of(await response.Content.ReadAsByteArrayAsync()).ShouldBe(digest);
        }
    }

    [Fact]
    public async Task What_arrived_before_a_cut_is_kept()
    {
        var content = Bytes(400_000);
        await using var host = await RegistryHost.StartAsync(_folder, ownsFolder: false);
        var location = await host.Client.BeginAsync();
        using (var socket = new Socket(SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(host.Address.Host, host.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"PATCH {location} HTTP/1.1\r\nHost: x\r\nContent-Length: {content.Length}\r\nContent-Range: 0-{content.Length - 1}\r\n\r\n"));
            for (var sent = 0; sent < 300_000;) sent += await socket.SendAsync(content.AsMemory(sent, 300_000 - sent));
            // What the server has not read when it hears of the cut is lost, so the cut comes after.
            var file = new FileInfo(Path.Combine(_folder, "uploads", location[(location.LastIndexOf('/') + 1)..]));
            while (file.Length < 300_000)
            {
                await Task.Yield();
                file.Refresh();
            }
        }
        // The cut request holds the upload until the server has seen the cut; the status waits for it.
        var kept = int.Parse((await host.Client.GetAsync(location)).Header("Range")[2..], System.Globalization.CultureInfo.InvariantCulture) + 1;
        kept.ShouldBe(300_000);
        await host.Client.SendAsync("PATCH", location, content[kept..], null, ("Content-Range", $"{kept}-{content.Length - 1}"));
        (await host.Client.SendAsync("PUT", $"{location}?digest={Digest.Of(content)}")).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_upload_that_nobody_goes_on_with_is_removed_at_a_start()
    {
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
            await host.Client.BeginAsync();
            await host.Client.BeginAsync();
        }
        var files = Directory.GetFiles(Path.Combine(_folder, "uploads"));
        files.Length.ShouldBe(2);
        File.SetLastWriteTimeUtc(files[0], File.GetLastWriteTimeUtc(files[0]).AddDays(-8));
        await using (var host = await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
            // The sweep runs beside the start; the same call again shows what it leaves.
            await host.Services.GetRequiredService<IBlobStorage>().RemoveUploadsAsync(
                new DateTimeOffset(File.GetLastWriteTimeUtc(files[1]).AddDays(-7), TimeSpan.Zero), TestContext.Current.CancellationToken);
        }
        Directory.GetFiles(Path.Combine(_folder, "uploads")).ShouldBe([files[1]]);
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused_with_both_numbers()
    {
        await using (await RegistryHost.StartAsync(_folder, ownsFolder: false))
        {
        }
        using (var connection = new SqliteProvider(Path.Combine(_folder, "registry.db"), durable: true).Open())
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE registry_schema SET version = 99";
            command.ExecuteNonQuery();
        }
        var error = await Should.ThrowAsync<InvalidDataException>(() => RegistryHost.StartAsync(_folder, ownsFolder: false));
        error.Message.ShouldContain("99");
        error.Message.ShouldContain("knows 3");
    }
}
