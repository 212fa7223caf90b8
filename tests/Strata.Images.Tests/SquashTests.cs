using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class SquashTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task Layers_that_hide_replace_and_link_become_one_with_the_same_tree()
    {
        var longName = new string('n', 90) + "/" + new string('m', 90);
        await ImageAsync("many:1",
            new LayerTar().Folder("etc").File("etc/motd", "hello").File("etc/old", "old").Folder("data").File("data/one", "1").File("data/two", "2")
                .Folder("bin").File("bin/tool", "tool").Link("bin/alias", "bin/tool").Link("bin/third", "bin/tool").Symlink("bin/sh", "tool")
                .Folder(new string('n', 90)).File(longName, "long").WithXattr("etc/marked", "m", "user.note", "kept"),
            new LayerTar().Gone("bin/tool").Gone("etc/old").Opaque("data").Folder("data").File("data/three", "3").File("etc/motd", "changed"),
            new LayerTar().Gone("bin/sh").Folder("bin/sh").File("bin/sh/now-a-folder", "x").Link("etc/linked", "etc/motd").Link("long", longName),
            new LayerTar().Gone("etc/motd").Gone(longName));
        var before = await TreeAsync("many:1");
        before.ShouldContain("bin/alias f 644");
        before.ShouldNotContain("data/one");

        var result = await Images.SquashAsync("many:1", from: null, Reference.Parse("one:1"), CancellationToken.None);
        result.Merged.ShouldBe(4);
        (await TreeAsync("one:1")).ShouldBe(before);
        var image = Images.Inspect("one:1");
        image.Layers.Count.ShouldBe(1);
        image.Config.History!.Count(h => !h.EmptyLayer).ShouldBe(1);
        image.Config.History!.Count.ShouldBe(Images.Inspect("many:1").Config.History!.Count + 1);
        LayerIndex.TryLoad(Store.Layers, image.Config.RootFs.DiffIds[0])!.Entries.ShouldAllBe(e => e.Whiteout == Whiteout.None);

        foreach (var from in (string[])["1", "2"])
        {
            await Images.SquashAsync("many:1", from, Reference.Parse("part:1"), CancellationToken.None);
            Images.Inspect("part:1").Layers.Count.ShouldBe(int.Parse(from, System.Globalization.CultureInfo.InvariantCulture) + 1);
            (await TreeAsync("part:1")).ShouldBe(before, $"from layer {from}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Layers_by_chance_become_one_with_the_same_tree(int seed)
    {
        var random = new RandomLayers(seed);
        await ImageAsync("chance:1", [.. Enumerable.Range(0, 5).Select(_ => random.Next())]);
        var before = await TreeAsync("chance:1");
        await Images.SquashAsync("chance:1", from: null, Reference.Parse("all:1"), CancellationToken.None);
        (await TreeAsync("all:1")).ShouldBe(before);
        await Images.SquashAsync("chance:1", from: "2", Reference.Parse("some:1"), CancellationToken.None);
        (await TreeAsync("some:1")).ShouldBe(before);
    }

    [Fact]
    public async Task The_same_image_squashed_twice_is_the_same_image()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var first = await Images.SquashAsync(App.ToString(), from: null, Reference.Parse("first:1"), CancellationToken.None);
        var second = await Images.SquashAsync(App.ToString(), from: null, Reference.Parse("second:1"), CancellationToken.None);
        second.Image.Digest.ShouldBe(first.Image.Digest);
    }

    [Fact]
    public async Task There_is_nothing_to_squash_in_one_layer()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        (await Should.ThrowAsync<ImageException>(() => Images.SquashAsync(App.ToString(), "1", Reference.Parse("x:1"), CancellationToken.None))).Message.ShouldContain("nothing to squash");
        (await Should.ThrowAsync<ImageException>(() => Images.SquashAsync(App.ToString(), "7", Reference.Parse("x:1"), CancellationToken.None))).Advice.ShouldNotBeNull().ShouldContain("layers 0 to 1");
    }

    private async Task ImageAsync(string name, params LayerTar[] layers)
    {
        var written = new List<WrittenLayer>();
        foreach (var layer in layers) written.Add(await layer.WriteToAsync(Store));
        await TestImage.NameAsync(Store, Reference.Parse(name), written);
    }

    private Task<string> TreeAsync(string image) => UnpackedTree.OfAsync(Images, image, Folder("trees"));
}
