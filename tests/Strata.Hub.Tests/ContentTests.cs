using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Tests;

/// <summary>What the hub knows of the content of images, and for how long.</summary>
public sealed class ContentTests : IAsyncLifetime
{
    private HubHost _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await HubHost.StartAsync();

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public void Facts_go_with_what_they_are_about()
    {
        var gone = Digest.Of("gone"u8);
        var folder = Path.Combine(_hub.Folder, "facts");
        var file = Write(Path.Combine(folder, "packages", "sha256", gone.Hex + ".json"));
        var index = Write(Path.Combine(folder, "layers", "sha256", gone.Hex, "index"));
        var counts = Write(Path.Combine(folder, "changes", "sha256", gone.Hex + ".json"));
        var other = Write(Path.Combine(folder, "packages", "sha256", "notes.txt"));
        _hub.Services.GetRequiredService<FactsSweep>().Sweep(TestContext.Current.CancellationToken);
        foreach (var path in (string[])[file, index, counts]) File.Exists(path).ShouldBeFalse(path);
        File.Exists(other).ShouldBeTrue();
    }

    [Fact]
    public async Task Facts_of_what_is_here_stay()
    {
        var manifest = await _hub.PushAsync("me/app");
        var layer = Digest.Of(Encoding.UTF8.GetBytes("layer of me/app"));
        var folder = Path.Combine(_hub.Folder, "facts");
        string[] kept = [Write(Path.Combine(folder, "layers", "sha256", layer.Hex, "index")), Write(Path.Combine(folder, "changes", "sha256", manifest.Hex + ".json"))];
        _hub.Services.GetRequiredService<FactsSweep>().Sweep(TestContext.Current.CancellationToken);
        kept.ShouldAllBe(path => File.Exists(path));
    }

    [Fact]
    public async Task A_layer_that_cannot_be_read_is_not_tried_again_at_once()
    {
        var manifest = await _hub.PushAsync("me/app");
        var layer = Encoding.UTF8.GetBytes("layer of me/app");
        var image = new ImageContent(
            "me/app", manifest, [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = Digest.Of(layer), Size = layer.Length }], [Digest.Of(layer)]);
        var reader = _hub.Services.GetRequiredService<ContentReader>();
        var reading = reader.Begin(image)!;
        await reading.Completion.WaitAsync(TestContext.Current.CancellationToken);
        reading.Fault.ShouldNotBeNull();
        reader.Begin(image).ShouldBeSameAs(reading);
        _hub.Services.GetRequiredService<ContentFacts>().IndexOf(Digest.Of(layer)).ShouldBeNull();
    }

    [Fact]
    public async Task A_layer_that_is_not_here_is_told_so()
    {
        var manifest = await _hub.PushAsync("me/app");
        var absent = Digest.Of("absent"u8);
        var image = new ImageContent("me/app", manifest, [new Descriptor { MediaType = MediaTypes.OciLayer, Digest = absent, Size = 6 }], [absent]);
        var reading = _hub.Services.GetRequiredService<ContentReader>().Begin(image)!;
        await reading.Completion.WaitAsync(TestContext.Current.CancellationToken);
        reading.Fault.ShouldBe($"layer {absent.Short} is not on this hub");
    }

    [Fact]
    public async Task A_blob_is_read_from_a_repository_that_has_it_and_from_no_other()
    {
        await _hub.PushAsync("me/app");
        await _hub.PushAsync("me/other");
        var layer = Encoding.UTF8.GetBytes("layer of me/app");
        var registry = _hub.Services.GetRequiredService<IRegistryContent>();
        (await registry.OpenBlobAsync("me/other", Digest.Of(layer), TestContext.Current.CancellationToken)).ShouldBeNull();
        await using var blob = (await registry.OpenBlobAsync("me/app", Digest.Of(layer), TestContext.Current.CancellationToken))!;
        using var copy = new MemoryStream();
        await blob.CopyToAsync(copy, TestContext.Current.CancellationToken);
        copy.ToArray().ShouldBe(layer);
    }

    private static string Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
        return path;
    }
}
