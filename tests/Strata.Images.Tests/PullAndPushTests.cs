using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

public sealed class PullAndPushTests(HubProcess hub) : ImagesFixture(hub)
{
    private readonly List<TransferProgress> _reports = [];

    [Fact]
    public async Task An_image_that_was_pulled_is_whole_named_and_indexed()
    {
        var result = await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        result.IsNew.ShouldBeTrue();
        result.Id.ShouldBe(AppManifest.Config.Digest);
        var image = Images.Inspect(App.ToString());
        image.Names.ShouldBe([App]);
        image.RepoDigests.Single().Digest.ShouldBe(result.Digest);
        image.Layers.Select(l => (l.Added, l.Changed, l.Removed)).ShouldBe([(6, 0, 0), (2, 1, 0)]);
        image.Layers.Select(l => l.Instruction).ShouldBe(["RUN step 0", "RUN step 1"]);
        image.UnpackedSize.ShouldBe("hello".Length + "127.0.0.1".Length + 300_000 + "changed".Length + "print(1)".Length);
    }

    [Fact]
    public async Task What_is_there_already_is_not_fetched_again()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var again = await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        again.IsNew.ShouldBeFalse();
        again.TransferredBytes.ShouldBe(0);
        again.ReusedBytes.ShouldBe(AppManifest.Config.Size + AppManifest.Layers.Sum(l => l.Size));
    }

    [Fact]
    public async Task Progress_knows_the_total_from_the_start_and_ends_at_a_hundred_percent()
    {
        await Images.PullAsync(App, new PullOptions(), new Reports(_reports), CancellationToken.None);
        var moving = _reports.Where(r => r.Phase == TransferPhase.Moving).ToArray();
        moving.ShouldAllBe(r => r.TotalBytes == AppManifest.Config.Size + AppManifest.Layers.Sum(l => l.Size));
        moving.Select(r => r.DoneBytes).ShouldBeInOrder();
        _reports[^1].Percent.ShouldBe(100);
        _reports[^1].DoneBytes.ShouldBe(_reports[^1].TotalBytes);
    }

    [Fact]
    public async Task A_pull_by_digest_is_found_by_that_name()
    {
        var digest = (await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None)).Digest;
        var byDigest = App.WithDigest(digest);
        await Images.PullAsync(byDigest, new PullOptions(), progress: null, CancellationToken.None);
        Images.Inspect(byDigest.ToString()).Id.ShouldBe(AppManifest.Config.Digest);
    }

    [Fact]
    public async Task A_tag_that_moved_leaves_the_old_image_without_a_name()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var other = OpenStore("other");
        await TestImage.NameAsync(other, App, [Layers.LayerWriter.FromFolder(other, Folder("new"), new() { WithRoot = true }, CancellationToken.None)]);
        await On(other).PushAsync(App, progress: null, CancellationToken.None);
        (await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None)).IsNew.ShouldBeTrue();
        Images.List().Select(i => i.Name).ShouldBe([App, null], ignoreOrder: true);
        Images.Inspect(AppManifest.Config.Digest.Short).Names.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_pushed_again_elsewhere_has_the_same_digest_and_skips_what_is_there()
    {
        var pulled = await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var copy = Reference.Parse($"{Hub.Address}/{App.Repository}:copy");
        Images.Tag(App.ToString(), copy);
        var pushed = await Images.PushAsync(copy, progress: null, CancellationToken.None);
        pushed.Digest.ShouldBe(pulled.Digest);
        pushed.TransferredBytes.ShouldBe(0);
    }

    [Fact]
    public async Task What_the_registry_has_in_another_repository_is_linked_and_not_sent()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var copy = Reference.Parse($"{Hub.Address}/test/{Guid.NewGuid():N}:1");
        Images.Tag(App.ToString(), copy);
        var pushed = await Images.PushAsync(copy, progress: null, CancellationToken.None);
        pushed.TransferredBytes.ShouldBe(0);
        await On(OpenStore("again")).PullAsync(copy, new PullOptions(), progress: null, CancellationToken.None);
    }

    [Fact]
    public async Task Skopeo_reads_the_store_and_what_skopeo_wrote_into_it_is_an_image_here()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        (await RealTool.RunAsync("skopeo", "inspect", "--raw", $"oci:{Store.Root}:{App}")).ShouldContain(AppManifest.Layers[1].Digest.ToString());

        var name = $"{Hub.Address}/{App.Repository}:by-skopeo";
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{App}", $"oci:{Store.Root}:{name}");
        var image = Images.Inspect(name);
        image.Id.ShouldBe(AppManifest.Config.Digest);
        image.Layers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_index_gives_the_manifest_of_the_platform_or_says_which_there_are()
    {
        var index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests =
            [
                Of(AppManifest) with { Platform = Platform.Parse("linux/riscv64") },
                Of(AppManifest) with { Platform = Platform.Host },
                Of(AppManifest) with { Platform = new Platform { Os = "unknown", Architecture = "unknown" } },
            ],
        };
        var name = App.WithTag("multi");
        using var client = new RegistryClient(new RegistryClientOptions());
        await client.PutManifestAsync(name, MediaTypes.OciIndex, index.ToBytes(), CancellationToken.None);

        var result = await Images.PullAsync(name, new PullOptions(), progress: null, CancellationToken.None);
        result.Id.ShouldBe(AppManifest.Config.Digest);
        result.Digest.ShouldBe(Digest.Of(index.ToBytes()));
        Images.Inspect(name.ToString()).RepoDigests.Single().Digest.ShouldBe(result.Digest);

        var failure = await Should.ThrowAsync<ImageException>(() =>
            Images.PullAsync(name, new PullOptions { Platform = Platform.Parse("linux/s390x") }, progress: null, CancellationToken.None));
        failure.Message.ShouldContain("no image for linux/s390x");
        failure.Advice.ShouldNotBeNull().ShouldContain("linux/riscv64");
        failure.Advice.ShouldNotContain("unknown");
    }

    private static Descriptor Of(Manifest manifest)
    {
        var bytes = manifest.ToBytes();
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(bytes), Size = bytes.Length };
    }

    private sealed class Reports(List<TransferProgress> into) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => into.Add(value);
    }
}
