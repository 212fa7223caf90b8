using Strata.Content;
using Strata.Images.Transports;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>An index with this machine's image, another's, and an attestation, as builders make it.</summary>
public sealed class AllPlatformsTests(HubProcess hub) : ImagesFixture(hub)
{
    private static readonly Platform Other = Platform.Parse(Platform.Host.Architecture == "s390x" ? "linux/amd64" : "linux/s390x");
    private Reference _name = null!;
    private byte[] _index = null!;
    private Digest _hostManifest;
    private Digest _otherManifest;
    private Digest _statement;

    private string Name => _name.ToString();

    private Digest IndexDigest => Digest.Of(_index);

    [Fact]
    public async Task All_that_the_index_names_is_here_and_the_name_leads_to_the_index()
    {
        await PushIndexAsync();
        var result = await PullAllAsync();
        (result.IsNew, result.Digest, result.Id).ShouldBe((true, IndexDigest, AppManifest.Config.Digest));
        Store.Names().Single().Digest.ShouldBe(IndexDigest);
        Store.Contains(_statement).ShouldBeTrue();
        var check = await Images.VerifyAsync(nameOrId: null, CancellationToken.None);
        check.IsClean.ShouldBeTrue();
        check.Blobs.ShouldBe(1 + 4 + 3 + 3);

        var host = Images.Inspect(Name);
        host.Id.ShouldBe(AppManifest.Config.Digest);
        host.Layers.ShouldAllBe(l => LayerUnpacker.IsUnpacked(Store.Layers, l.DiffId));
        var other = Images.Inspect(Name, Other);
        other.ManifestDescriptor.Digest.ShouldBe(_otherManifest);
        other.Layers.ShouldAllBe(l => l.UnpackedSize != null && !LayerUnpacker.IsUnpacked(Store.Layers, l.DiffId));
        Images.Inspect(other.Id.Short).Id.ShouldBe(other.Id);
        Images.History(Name, Other).Count.ShouldBe(2);
        (await Images.FilesAsync(Name, Other, CancellationToken.None)).List("/").Select(e => e.Entry.Path).ShouldBe(["other"]);
        Should.Throw<ImageException>(() => Images.Inspect(Name, Platform.Parse("linux/mips64le"))).Advice.ShouldNotBeNull().ShouldContain(Other.ToString());

        var row = Images.List().Single();
        (row.Id, row.Digest).ShouldBe((AppManifest.Config.Digest, IndexDigest));
        row.Platforms.Select(p => p.ToString()).ShouldBe([Other.ToString(), Platform.Host.ToString()]);
        (await Images.ReadRawAsync(Name, RawDocument.Top, platform: null, CancellationToken.None)).Bytes.ShouldBe(_index);
        Digest.Of((await Images.ReadRawAsync(Name, RawDocument.Manifest, Other, CancellationToken.None)).Bytes).ShouldBe(_otherManifest);
        (await PullAllAsync()).ShouldSatisfyAllConditions(r => r.IsNew.ShouldBeFalse(), r => r.TransferredBytes.ShouldBe(0));
    }

    [Fact]
    public async Task The_whole_goes_on_byte_for_byte_as_skopeo_sees_it_and_comes_back_from_skopeo()
    {
        await PushIndexAsync();
        await PullAllAsync();
        var pushed = Reference.Parse($"{Hub.Address}/{App.Repository}/pushed:1");
        Images.Tag(Name, pushed);
        (await Images.PushAsync(pushed, progress: null, CancellationToken.None)).Digest.ShouldBe(IndexDigest);
        (await RawBySkopeoAsync($"docker://{pushed}")).ShouldBe(_index);
        (await RawBySkopeoAsync($"oci:{Store.Root}:{Name}")).ShouldBe(_index);
        (await RealTool.TryAsync("skopeo", "copy", "--quiet", "--all", $"oci:{Store.Root}:{Name}", $"oci:{Folder("by-skopeo")}:all")).Errors.ShouldBeEmpty();

        var layout = ImageLocation.Parse($"oci:{Folder("ours")}:all");
        (await Images.CopyAsync(ImageLocation.Parse(Name), layout, new CopyOptions(), progress: null, CancellationToken.None)).Digest.ShouldBe(IndexDigest);
        Blobs("ours").ShouldBe(Blobs("by-skopeo"));

        // And the other way: what skopeo copies whole is pulled whole.
        var back = $"{Hub.Address}/{App.Repository}/back:1";
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--all", "--dest-tls-verify=false", $"oci:{Folder("ours")}:all", $"docker://{back}");
        var fresh = On(OpenStore("fresh"));
        (await fresh.PullAsync(Reference.Parse(back), new PullOptions { AllPlatforms = true }, progress: null, CancellationToken.None)).Digest.ShouldBe(IndexDigest);
        (await fresh.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue();

        var again = On(OpenStore("again"));
        await again.CopyAsync(layout, ImageLocation.Parse("store://kept:1"), new CopyOptions { AllPlatforms = true }, progress: null, CancellationToken.None);
        again.List().Single().Digest.ShouldBe(IndexDigest);
        (await again.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue();
    }

    [Fact]
    public async Task An_archive_for_docker_has_this_machines_image()
    {
        await PushIndexAsync();
        await PullAllAsync();
        var archive = Path.Combine(Folder("out"), "image.tar");
        await Images.SaveAsync([Name], archive, progress: null, CancellationToken.None);
        (await RealTool.RunAsync("skopeo", "inspect", "--raw", $"docker-archive:{archive}")).ShouldContain(AppManifest.Config.Digest.ToString());
        var loaded = On(OpenStore("loaded"));
        var source = new FileStream(archive, FileMode.Open);
        (await loaded.LoadAsync(source, archive, new CopyOptions(), progress: null, CancellationToken.None)).Single().Digest.ShouldBe(_hostManifest);
    }

    [Fact]
    public async Task A_pull_of_one_platform_and_of_all_follow_each_other()
    {
        await PushIndexAsync();
        await Images.PullAsync(_name, new PullOptions(), progress: null, CancellationToken.None);
        (await PullAllAsync()).IsNew.ShouldBeTrue();
        Store.Names().Single().Digest.ShouldBe(IndexDigest);

        // This machine's image is what the name stands for already; another one takes the name over.
        (await Images.PullAsync(_name, new PullOptions(), progress: null, CancellationToken.None)).IsNew.ShouldBeFalse();
        Store.Names().Single().Digest.ShouldBe(IndexDigest);
        await Images.PullAsync(_name, new PullOptions { Platform = Other }, progress: null, CancellationToken.None);
        Images.Inspect(Name).ManifestDescriptor.Digest.ShouldBe(_otherManifest);
        Images.Inspect(_otherManifest.Short).ManifestDescriptor.Digest.ShouldBe(_otherManifest);
        (await PullAllAsync()).IsNew.ShouldBeTrue();
        Store.Names().Single().Digest.ShouldBe(IndexDigest);
    }

    [Fact]
    public async Task Removal_frees_all_of_it_and_repair_mends_any_of_it()
    {
        await PushIndexAsync();
        await PullAllAsync();
        foreach (var digest in (Digest[])[_statement, _otherManifest, IndexDigest, Images.Inspect(Name, Other).Layers[0].Descriptor.Digest])
        {
            File.Delete(Store.BlobPath(digest));
            (await Images.VerifyAsync(Name, CancellationToken.None)).Faults.Single().Content.ShouldBe(digest);
            (await Images.RepairAsync(nameOrId: null, CancellationToken.None)).ShouldAllBe(r => r.Repaired);
            (await Images.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue();
        }
        var usage = Images.Usage().Images.Single();
        usage.Bytes.ShouldBeGreaterThanOrEqualTo(Store.Blobs().Sum(b => b.Size));
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe(0);
        Images.WouldRemove(Name, force: false).FreedBytes.ShouldBe(usage.UniqueBytes);
        Images.Remove(Name, force: false).FreedBytes.ShouldBe(usage.UniqueBytes);
        Store.Blobs().ShouldBeEmpty();
        Directory.EnumerateDirectories(Path.Combine(Store.Layers, "sha256")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_layer_of_another_platform_that_is_not_what_its_config_says_is_refused()
    {
        var origin = OpenStore("lying");
        var layer = await new LayerTar().File("a", "wrong").WriteToAsync(origin);
        await PushIndexAsync(origin, [new WrittenLayer(layer.Descriptor, Digest.Of("another"u8))]);
        await Should.ThrowAsync<ImageException>(PullAllAsync);
        Store.Names().ShouldBeEmpty();
    }

    private Task<PullResult> PullAllAsync() => Images.PullAsync(_name, new PullOptions { AllPlatforms = true }, progress: null, CancellationToken.None);

    private async Task PushIndexAsync()
    {
        var origin = OpenStore("others");
        await PushIndexAsync(origin, [await new LayerTar().File("other", "for another machine").WriteToAsync(origin)]);
    }

    private async Task PushIndexAsync(ContentStore origin, WrittenLayer[] layers)
    {
        _name = App.WithTag("all");
        var other = await PushedAsync(origin, App.WithTag("other"), await TestImage.NameAsync(origin, App.WithTag("other"), layers));
        var statement = await origin.AddDocumentAsync("application/vnd.in-toto+json", "{\"_type\":\"statement\"}"u8.ToArray(), CancellationToken.None);
        // Its diffID is the statement's own digest: builders write it so, and it is no layer of files.
        var attestation = await PushedAsync(origin, App.WithTag("attestation"), await TestImage.NameAsync(origin, App.WithTag("attestation"), [new WrittenLayer(statement, statement.Digest)]));
        var host = AppManifest.ToBytes();
        (_hostManifest, _otherManifest, _statement) = (Digest.Of(host), other.Digest, statement.Digest);
        _index = new ImageIndex
        {
            MediaType = MediaTypes.OciIndex,
            Manifests =
            [
                other with { Platform = Other },
                new Descriptor { MediaType = MediaTypes.OciManifest, Digest = _hostManifest, Size = host.Length, Platform = Platform.Host },
                attestation with
                {
                    Platform = new Platform { Os = "unknown", Architecture = "unknown" },
                    Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { ["vnd.docker.reference.type"] = "attestation-manifest" },
                },
            ],
        }.ToBytes();
        using var client = new RegistryClient(new RegistryClientOptions());
        await client.PutManifestAsync(_name, MediaTypes.OciIndex, _index, CancellationToken.None);
    }

    private async Task<Descriptor> PushedAsync(ContentStore origin, Reference name, Manifest manifest)
    {
        await On(origin).PushAsync(name, progress: null, CancellationToken.None);
        var bytes = manifest.ToBytes();
        return new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(bytes), Size = bytes.Length };
    }

    private static async Task<byte[]> RawBySkopeoAsync(string place) =>
        System.Text.Encoding.UTF8.GetBytes(await RealTool.RunAsync("skopeo", place.StartsWith("docker:", StringComparison.Ordinal) ? ["inspect", "--raw", "--tls-verify=false", place] : ["inspect", "--raw", place]));

    private string[] Blobs(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(Folder(folder), "blobs", "sha256")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];
}
