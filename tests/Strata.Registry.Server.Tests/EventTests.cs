using Microsoft.Extensions.DependencyInjection;
using static Strata.Registry.Server.Tests.Wire;

namespace Strata.Registry.Server.Tests;

public sealed class EventTests
{
    [Fact]
    public async Task Pushes_moves_pulls_and_deletions_are_told()
    {
        var heard = new Listener();
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryEvents>(heard));
        var digest = await host.Client.PushImageAsync("v1");
        await host.Client.PushImageAsync("v1");
        await host.Client.GetAsync($"/v2/{Repository}/manifests/v1");
        await host.Client.SendAsync("HEAD", $"/v2/{Repository}/manifests/v1");
        await host.Client.DeleteAsync($"/v2/{Repository}/manifests/{digest}");
        heard.Events.Select(e => (e.Kind, e.Reference)).ShouldBe(
        [
            (RegistryEventKind.ManifestPushed, "v1"),
            (RegistryEventKind.TagMoved, "v1"),
            (RegistryEventKind.ManifestPushed, "v1"),
            (RegistryEventKind.ManifestPulled, "v1"),
            (RegistryEventKind.TagDeleted, "v1"),
            (RegistryEventKind.ManifestDeleted, digest.ToString()),
        ]);
        heard.Events.ShouldAllBe(e => e.Digest == digest && e.Repository == Repository);
    }

    [Fact]
    public async Task A_listener_that_fails_spoils_no_push()
    {
        await using var host = await RegistryHost.StartAsync(s => s.AddSingleton<IRegistryEvents>(new Listener { Fails = true }));
        await host.Client.PushImageAsync("v1");
        (await host.Client.JsonAsync($"/v2/{Repository}/tags/list")).Strings("tags").ShouldBe(["v1"]);
    }

    private sealed class Listener : IRegistryEvents
    {
        public List<RegistryEvent> Events { get; } = [];

        public bool Fails { get; init; }

        public ValueTask OnEventAsync(RegistryEvent occurrence, CancellationToken cancellationToken)
        {
            if (Fails) throw new InvalidOperationException("a listener's own trouble");
            lock (Events) Events.Add(occurrence);
            return ValueTask.CompletedTask;
        }
    }
}
