using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Hub.Tests;

/// <summary>The program when it is told to stop in the midst of its work.</summary>
public sealed class StopTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-web-").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(300_000);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_push_under_way_is_finished_and_then_the_hub_ends_well()
    {
        using var hub = await StartAsync();
        using var body = new HeldBody(_content, 100_000);
        var push = hub.Client.PostAsync($"/v2/me/app/blobs/uploads/?digest={Digest.Of(_content)}", body);
        await ArrivedAsync(100_000);
        hub.Signal("TERM");
        (await StatusWhenItChangesAsync(hub)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.Release();
        (await push).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await hub.EndAsync()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task What_does_not_finish_in_time_can_go_on_at_the_next_start()
    {
        string location;
        using (var hub = await StartAsync("\"drain\": { \"timeout\": \"1s\" }"))
        {
            location = (await hub.Client.PostAsync("/v2/me/app/blobs/uploads/", null)).Headers.Location!.ToString();
            using var body = new HeldBody(_content, 100_000);
            var push = hub.Client.PatchAsync(location, body);
            await ArrivedAsync(100_000);
            hub.Signal("TERM");
            (await hub.EndAsync()).ShouldBe((0, ""));
            body.Release();
            await Should.ThrowAsync<HttpRequestException>(push);
        }
        using (var hub = await StartAsync())
        {
            var range = (await hub.Client.GetAsync(location)).Headers.GetValues("Range").Single();
            var kept = int.Parse(range["0-".Length..], CultureInfo.InvariantCulture) + 1;
            kept.ShouldBe(100_000);
            var rest = await hub.Client.PutAsync($"{location}?digest={Digest.Of(_content)}", new ByteArrayContent(_content[kept..]));
            rest.StatusCode.ShouldBe(HttpStatusCode.Created);
            hub.Signal("TERM");
            (await hub.EndAsync()).ShouldBe((0, ""));
        }
    }

    [Fact]
    public async Task A_second_signal_ends_it_at_once()
    {
        using var hub = await StartAsync("\"drain\": { \"delay\": \"10m\" }");
        hub.Signal("TERM");
        (await StatusWhenItChangesAsync(hub)).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await hub.Client.PostAsync("/v2/me/app/blobs/uploads/", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        hub.Signal("TERM");
        (await hub.EndAsync()).ShouldBe((128 + 15, ""));
    }

    private static async Task<HttpStatusCode> StatusWhenItChangesAsync(ServedHub hub)
    {
        while (true)
        {
            var status = (await hub.Client.GetAsync("/readyz")).StatusCode;
            if (status != HttpStatusCode.OK) return status;
        }
    }

    /// <summary>Sent is not arrived: the hub has it when the upload's file has it.</summary>
    private async Task ArrivedAsync(long bytes)
    {
        while (!new DirectoryInfo(Path.Combine(_folder, "data", "uploads")).EnumerateFiles().Any(f => f.Length >= bytes)) await Task.Yield();
    }

    private async Task<ServedHub> StartAsync(string settings = "")
    {
        var hub = await ServedHub.StartAsync(_folder, settings);
        // Ready is what it must be first: the search is read after the start.
        while ((await hub.Client.GetAsync("/readyz")).StatusCode != HttpStatusCode.OK) await Task.Yield();
        return hub;
    }

    /// <summary>A body of which the first part is sent, and the rest when it is released.</summary>
    private sealed class HeldBody(byte[] content, int first) : HttpContent
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(content.AsMemory(0, first));
            await stream.FlushAsync();
            await _released.Task;
            await stream.WriteAsync(content.AsMemory(first));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = content.Length;
            return true;
        }
    }
}
