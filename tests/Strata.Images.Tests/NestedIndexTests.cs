using Strata.Images.Transports;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>An index that names an index, as the spec allows: the inner one has this machine's image, and says nothing of its platform.</summary>
public sealed class NestedIndexTests(HubProcess hub) : ImagesFixture(hub)
{
    private static readonly Platform Other = Platform.Parse(Platform.Host.Architecture == "s390x" ? "linux/amd64" : "linux/s390x");
    private Reference _name = null!;
    private Digest _outer;

    [Fact]
    public async Task The_image_of_a_platform_is_found_below_the_inner_index()
    {
        await PushAsync(depth: 2);
        (await Images.PullAsync(_name, new PullOptions(), progress: null, CancellationToken.None)).Id.ShouldBe(AppManifest.Config.Digest);
        Images.Inspect(_name.ToString()).RepoDigests.Single().Digest.ShouldBe(_outer);
        var there = Reference.Parse($"{Hub.Address}/{App.Repository}:nested");
        Digest.Of((await On(OpenStore("empty")).ReadRawAsync(there.ToString(), RawDocument.Manifest, Platform.Host, CancellationToken.None)).Bytes).ShouldBe(Digest.Of(AppManifest.ToBytes()));
        (await Should.ThrowAsync<ImageException>(() => Images.PullAsync(_name, new PullOptions { Platform = Platform.Parse("linux/mips64le") }, progress: null, CancellationToken.None)))
            .Advice.ShouldNotBeNull().ShouldContain(Other.ToString());
    }

    [Fact]
    public async Task All_of_it_is_pulled_kept_pushed_copied_and_loaded_byte_for_byte()
    {
        await PushAsync(depth: 3);
        await Images.PullAsync(_name, new PullOptions { AllPlatforms = true }, progress: null, CancellationToken.None);
        await ShouldHaveAllAsync(Images, _name.ToString());
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe(0);

        var pushed = Reference.Parse($"{Hub.Address}/{App.Repository}/pushed:1");
        Images.Tag(_name.ToString(), pushed);
        (await Images.PushAsync(pushed, progress: null, CancellationToken.None)).Digest.ShouldBe(_outer);
        var back = On(OpenStore("back"));
        await back.PullAsync(pushed, new PullOptions { AllPlatforms = true }, progress: null, CancellationToken.None);
        await ShouldHaveAllAsync(back, pushed.ToString());

        var archive = Path.Combine(Folder("out"), "all.tar");
        await Images.CopyAsync(ImageLocation.Parse(_name.ToString()), ImageLocation.Parse($"oci-archive:{archive}:localhost/all:1"), new CopyOptions(), progress: null, CancellationToken.None);
        var loaded = On(OpenStore("loaded"));
        (await loaded.LoadAsync(File.OpenRead(archive), archive, new CopyOptions { AllPlatforms = true }, progress: null, CancellationToken.None)).Single().Digest.ShouldBe(_outer);
        await ShouldHaveAllAsync(loaded, "localhost/all:1");
        var one = On(OpenStore("one"));
        (await one.LoadAsync(File.OpenRead(archive), archive, new CopyOptions(), progress: null, CancellationToken.None)).Single().Id.ShouldBe(AppManifest.Config.Digest);
    }

    [Fact]
    public async Task An_inner_index_that_is_gone_is_found_and_fetched_again()
    {
        await PushAsync(depth: 2);
        await Images.PullAsync(_name, new PullOptions { AllPlatforms = true }, progress: null, CancellationToken.None);
        var inner = ImageIndex.Parse(Store.ReadDocument(_outer, Manifest.MaxBytes)).Manifests[^1].Digest;
        File.Delete(Store.BlobPath(inner));
        (await Images.VerifyAsync(nameOrId: null, CancellationToken.None)).Faults.Single().Content.ShouldBe(inner);
        (await Images.RepairAsync(nameOrId: null, CancellationToken.None)).ShouldAllBe(r => r.Repaired);
        await ShouldHaveAllAsync(Images, _name.ToString());
    }

    [Theory]
    [InlineData(FlatIndex.MaxDepth - 1, true)]
    [InlineData(FlatIndex.MaxDepth, true)]
    [InlineData(FlatIndex.MaxDepth + 1, false)]
    public async Task Indexes_lie_in_one_another_only_so_deep(int depth, bool isTaken)
    {
        await PushAsync(depth);
        var pull = () => Images.PullAsync(_name, new PullOptions(), progress: null, CancellationToken.None);
        if (isTaken) (await pull()).Id.ShouldBe(AppManifest.Config.Digest);
        else (await Should.ThrowAsync<ImageException>(pull)).Message.ShouldContain("deep");
    }

    [Theory]
    [InlineData(FlatIndex.MaxInner - 1, true)]
    [InlineData(FlatIndex.MaxInner, true)]
    [InlineData(FlatIndex.MaxInner + 1, false)]
    public void An_index_names_only_so_many_others(int count, bool isTaken)
    {
        var inner = Enumerable.Range(0, count).Select(i => new Descriptor { MediaType = MediaTypes.OciIndex, Digest = Digest.Of(BitConverter.GetBytes(i)), Size = 1 });
        var index = new ImageIndex { Manifests = [.. inner] };
        if (isTaken) new FlatIndex("x", index).TryNext(out _).ShouldBeTrue();
        else Should.Throw<ImageException>(() => new FlatIndex("x", index)).Message.ShouldContain("more than 256");
    }

    private async Task ShouldHaveAllAsync(LocalImages images, string name)
    {
        images.List().ShouldContain(i => i.Digest == _outer);
        images.Inspect(name).Id.ShouldBe(AppManifest.Config.Digest);
        images.Inspect(name, Other).Id.ShouldNotBe(AppManifest.Config.Digest);
        (await images.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    /// <summary>So many indexes, each in the next: this machine's image in the innermost, another's in the outermost.</summary>
    private async Task PushAsync(int depth)
    {
        _name = App.WithTag("nested");
        var origin = OpenStore("origin-of-other");
        var layer = await new LayerTar().File("other", "for another machine").WriteToAsync(origin);
        var other = await TestImage.NameAsync(origin, App.WithTag("other"), [layer]);
        await On(origin).PushAsync(App.WithTag("other"), progress: null, CancellationToken.None);
        using var client = new RegistryClient(new RegistryClientOptions());
        var below = Of(MediaTypes.OciManifest, AppManifest.ToBytes());
        for (var i = 1; i <= depth; i++)
        {
            // Only the descriptor of an index says for which platform it is.
            var named = i == 2 || depth == 1 ? below with { Platform = Platform.Host } : below;
            Descriptor[] manifests = i < depth ? [named] : [Of(MediaTypes.OciManifest, other.ToBytes()) with { Platform = Other }, named];
            var bytes = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = manifests }.ToBytes();
            below = Of(MediaTypes.OciIndex, bytes);
            await client.PutManifestAsync(i == depth ? _name : _name.WithDigest(below.Digest), MediaTypes.OciIndex, bytes, CancellationToken.None);
        }
        _outer = below.Digest;
    }

    private static Descriptor Of(string mediaType, byte[] bytes) => new() { MediaType = mediaType, Digest = Digest.Of(bytes), Size = bytes.Length };
}
