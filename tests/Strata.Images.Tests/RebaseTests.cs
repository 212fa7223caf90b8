using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class RebaseTests(HubProcess hub) : ImagesFixture(hub)
{
    private WrittenLayer _app = null!;

    [Fact]
    public async Task An_image_moves_from_the_old_base_to_the_new_one_with_its_own_layers_and_settings()
    {
        await PrepareAsync();
        var result = await Images.RebaseAsync("app:1", "base:2", oldBase: null, Reference.Parse("app:2"), CancellationToken.None);
        (result.OldBase, result.Replaced, result.Base, result.Layers).ShouldBe(("base:1", 1, 2, 3));
        var config = Images.Inspect("app:2").Config;
        config.RootFs.DiffIds[^1].ShouldBe(_app.DiffId);
        config.Config!.Env.ShouldBe(["PATH=/new/bin", "LANG=C", "APP=yes"]);
        config.Config.Cmd.ShouldBe(["app"]);
        config.Config.User.ShouldBe("newuser");
        config.History!.Select(h => h.CreatedBy).ShouldBe(["base 2 a", "base 2 b", "COPY app"]);
        config.Config.Labels!["org.opencontainers.image.base.name"].ShouldBe("docker.io/library/base:2");
        config.Config.Labels["org.opencontainers.image.base.digest"].ShouldBe(Images.Inspect("base:2").ManifestDescriptor.Digest.ToString());
        config.Config.Labels["own"].ShouldBe("label");
        Images.Inspect("app:1").Config.Config!.User.ShouldBe("olduser");

        var tree = await UnpackedTree.OfAsync(Images, "app:2", Folder("trees"));
        tree.ShouldContain("etc/added f");
        tree.ShouldContain("app/main f");
        tree.ShouldNotContain("etc/only-old");
    }

    [Fact]
    public async Task The_base_is_found_by_its_layers_where_no_label_says_it_and_may_be_named()
    {
        await PrepareAsync(withLabels: false);
        (await Images.RebaseAsync("app:1", "base:2", oldBase: null, Reference.Parse("found:1"), CancellationToken.None)).OldBase.ShouldBe("base:1");
        (await Images.RebaseAsync("app:1", "base:2", oldBase: "base:1", Reference.Parse("named:1"), CancellationToken.None)).Image.Id.ShouldBe(Images.Inspect("found:1").Id);
    }

    [Fact]
    public async Task An_image_that_is_not_built_on_the_base_is_refused()
    {
        await PrepareAsync(withLabels: false);
        var failure = await Should.ThrowAsync<ImageException>(() => Images.RebaseAsync("app:1", "base:1", oldBase: "base:2", Reference.Parse("x:1"), CancellationToken.None));
        failure.Message.ShouldContain("not built on base:2");
        Images.Remove("base:1", force: false);
        failure = await Should.ThrowAsync<ImageException>(() => Images.RebaseAsync("app:1", "base:2", oldBase: null, Reference.Parse("x:1"), CancellationToken.None));
        failure.Message.ShouldContain("not known what app:1 is built on");
        failure.Advice.ShouldNotBeNull().ShouldContain("--from");
        Images.List().ShouldNotContain(i => i.Name == Reference.Parse("x:1"));
    }

    private async Task PrepareAsync(bool withLabels = true)
    {
        var old = await new LayerTar().Folder("etc").File("etc/only-old", "1").WriteToAsync(Store);
        var newA = await new LayerTar().Folder("etc").File("etc/passwd", "newuser:x:0:0::/:/bin/sh\n").WriteToAsync(Store);
        var newB = await new LayerTar().Folder("etc").File("etc/added", "2").WriteToAsync(Store);
        _app = await new LayerTar().Folder("app").File("app/main", "run").WriteToAsync(Store);
        var below = await WriteAsync("base:1", [old], new ContainerConfig { Env = ["PATH=/old/bin"], User = "olduser", Cmd = ["sh"] }, "base 1");
        await WriteAsync("base:2", [newA, newB], new ContainerConfig { Env = ["PATH=/new/bin", "LANG=C"], User = "newuser", Cmd = ["bash"] }, "base 2 a", "base 2 b");
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["own"] = "label" };
        if (withLabels) labels["org.opencontainers.image.base.digest"] = below.Digest.ToString();
        if (withLabels) labels["org.opencontainers.image.base.name"] = "docker.io/library/base:1";
        await WriteAsync("app:1", [old, _app], new ContainerConfig { Env = ["PATH=/old/bin", "APP=yes"], User = "olduser", Cmd = ["app"], Labels = labels }, "base 1", "COPY app");
    }

    private async Task<Descriptor> WriteAsync(string name, WrittenLayer[] layers, ContainerConfig config, params string[] history)
    {
        var image = new ImageConfig
        {
            Os = "linux",
            Architecture = Platform.Host.Architecture,
            Config = config,
            RootFs = new RootFs { DiffIds = [.. layers.Select(l => l.DiffId)] },
            History = [.. history.Select(h => new HistoryEntry { CreatedBy = h })],
        };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await Store.AddDocumentAsync(MediaTypes.OciConfig, image.ToBytes(), CancellationToken.None),
            Layers = [.. layers.Select(l => l.Descriptor)],
        };
        var descriptor = await Store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), CancellationToken.None);
        ImageNames.Set(Store, new NamedImage(Reference.Parse(name), descriptor, RegistryDigest: null));
        return descriptor;
    }
}
