using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;
using Strata.Images.Transports;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Save, load and copy against what other tools write and read.</summary>
public sealed class ArchiveTests(HubProcess hub) : ImagesFixture(hub)
{
    private Digest AppDigest => Digest.Of(AppManifest.ToBytes());

    [Theory]
    [InlineData("oci")]
    [InlineData("oci-archive")]
    public async Task Skopeo_reads_what_copy_wrote_with_the_same_digest(string kind)
    {
        var place = $"{kind}:{InFolder("written")}:v1";
        var result = await CopyAsync(App.ToString(), place);
        result.Digest.ShouldBe(AppDigest);
        (await SkopeoDigestAsync(place)).ShouldBe(AppDigest);
        // Skopeo reads every byte and checks it when it copies.
        await RealTool.RunAsync("skopeo", "copy", "--quiet", place, $"dir:{InFolder("by-skopeo")}");
        (await CopyAsync(place, "store://back:1")).Digest.ShouldBe(AppDigest);
        Images.Inspect("back:1").Id.ShouldBe(AppManifest.Config.Digest);
    }

    [Theory]
    [InlineData("oci")]
    [InlineData("oci-archive")]
    public async Task What_skopeo_wrote_is_read_with_the_same_digest(string kind)
    {
        var place = $"{kind}:{InFolder("by-skopeo")}:v1";
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{App}", place);
        (await CopyAsync(place, "store://read:1")).Digest.ShouldBe(AppDigest);
        Images.Inspect("read:1").Layers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_copy_between_registries_skips_what_is_there()
    {
        var target = $"{Hub.Address}/{App.Repository}-copy:1";
        (await CopyAsync(App.ToString(), target)).TransferredBytes.ShouldBeGreaterThan(0);
        var again = await CopyAsync(App.ToString(), target);
        again.TransferredBytes.ShouldBe(0);
        (await SkopeoDigestAsync($"docker://{target}")).ShouldBe(AppDigest);
        Store.Names().ShouldBeEmpty();
    }

    [Fact]
    public async Task Saved_images_load_again_with_names_and_digests()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        Images.Tag(App.ToString(), Reference.Parse("python:3.11"));
        Images.Tag(App.ToString(), Reference.Parse("other/app:2"));
        var file = InFolder("saved.tar");
        await Images.SaveAsync(["python:3.11", "other/app:2"], file, progress: null, CancellationToken.None);

        var elsewhere = OpenStore("elsewhere");
        var loaded = await On(elsewhere).LoadAsync(File.OpenRead(file), file, new CopyOptions(), progress: null, CancellationToken.None);
        loaded.Single().Digest.ShouldBe(AppDigest);
        loaded.Single().Names.Select(n => n.Familiar).ShouldBe(["python:3.11", "other/app:2"], ignoreOrder: true);
        On(elsewhere).Inspect("python:3.11").UnpackedSize.ShouldNotBeNull();
    }

    [Fact]
    public async Task Skopeo_reads_a_saved_archive_in_both_of_its_forms()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        Images.Tag(App.ToString(), Reference.Parse("python:3.11"));
        var file = InFolder("saved.tar");
        await Images.SaveAsync(["python:3.11"], file, progress: null, CancellationToken.None);
        (await SkopeoDigestAsync($"oci-archive:{file}:3.11")).ShouldBe(AppDigest);
        // The older form has layers uncompressed when skopeo shows it: their digests are the diffIDs.
        var raw = JsonNode.Parse(await RealTool.RunAsync("skopeo", "inspect", "--raw", $"docker-archive:{file}:python:3.11"))!;
        raw["layers"]!.AsArray().Select(l => Digest.Parse((string)l!["digest"]!)).ShouldBe(Images.Inspect("python:3.11").Config.RootFs.DiffIds);
        raw["config"]!["digest"]!.GetValue<string>().ShouldBe(AppManifest.Config.Digest.ToString());
        await RealTool.RunAsync("skopeo", "copy", "--quiet", $"docker-archive:{file}:python:3.11", $"dir:{InFolder("checked")}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("gz")]
    [InlineData("zst")]
    public async Task A_docker_archive_of_skopeo_loads_with_the_same_image_id(string compression)
    {
        var file = InFolder("by-skopeo.tar");
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{App}", $"docker-archive:{file}:docker.io/library/app:old");
        var loaded = await Images.LoadAsync(Compress(file, compression), file, new CopyOptions(), progress: null, CancellationToken.None);
        loaded.Single().Names.Single().Familiar.ShouldBe("app:old");
        var image = Images.Inspect("app:old");
        image.Manifest.Layers.ShouldAllBe(l => l.MediaType == MediaTypes.OciLayerGzip);
        image.Layers.Select(l => l.UnpackedSize).ShouldAllBe(s => s > 0);
        Digest.Of(System.Text.Encoding.UTF8.GetBytes(await RealTool.RunAsync("skopeo", "inspect", "--raw", "--config", $"docker-archive:{file}"))).ShouldBe(image.Id);
    }

    [Fact]
    public async Task Podman_loads_what_was_saved_and_what_podman_saves_loads_here()
    {
        if (!Environment.IsPrivilegedProcess) Assert.Skip("podman has a store of its own for root only here");
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        Images.Tag(App.ToString(), Reference.Parse("example.com/app:1"));
        var file = InFolder("saved.tar");
        await Images.SaveAsync(["example.com/app:1"], file, progress: null, CancellationToken.None);
        string[] podman = ["--root", InFolder("podman"), "--runroot", InFolder("run"), "--storage-driver", "vfs"];
        (await RealTool.RunAsync("podman", [.. podman, "load", "--quiet", "-i", file])).ShouldContain("example.com/app:1");
        (await RealTool.RunAsync("podman", [.. podman, "images", "--no-trunc", "--quiet"])).Trim().ShouldBe(AppManifest.Config.Digest.ToString());

        foreach (var format in (string[])["docker-archive", "oci-archive"])
        {
            var saved = InFolder(format);
            await RealTool.RunAsync("podman", [.. podman, "save", "--quiet", "--format", format, "-o", saved, "example.com/app:1"]);
            var elsewhere = On(OpenStore(format));
            var loaded = await elsewhere.LoadAsync(File.OpenRead(saved), saved, new CopyOptions(), progress: null, CancellationToken.None);
            loaded.Single().Names.Single().ToString().ShouldBe("example.com/app:1");
            elsewhere.Inspect("example.com/app:1").Config.RootFs.DiffIds.ShouldBe(Images.Inspect(App.ToString()).Config.RootFs.DiffIds);
        }
    }

    [Fact]
    public async Task Layers_that_the_store_has_keep_their_digests_when_an_old_archive_brings_them_again()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var file = InFolder("by-skopeo.tar");
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{App}", $"docker-archive:{file}:app:old");
        await Images.LoadAsync(File.OpenRead(file), file, new CopyOptions(), progress: null, CancellationToken.None);
        Images.Inspect("app:old").Manifest.Layers.Select(l => l.Digest).ShouldBe(AppManifest.Layers.Select(l => l.Digest));
    }

    [Fact]
    public async Task A_docker_archive_is_copied_on_to_a_layout_that_umoci_unpacks()
    {
        var file = InFolder("by-skopeo.tar");
        await RealTool.RunAsync("skopeo", "copy", "--quiet", "--src-tls-verify=false", $"docker://{App}", $"docker-archive:{file}:app:old");
        var layout = InFolder("layout");
        await CopyAsync($"docker-archive:{file}:app:old", $"oci:{layout}:v1");
        var bundle = InFolder("bundle");
        await RealTool.RunAsync("umoci", "unpack", "--rootless", "--image", $"{layout}:v1", bundle);
        File.ReadAllText(Path.Combine(bundle, "rootfs/etc/motd")).ShouldBe("changed");
        Store.Names().ShouldBeEmpty();
    }

    [Fact]
    public async Task An_old_archive_whose_layers_are_links_within_it_loads()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var layer = Uncompressed(AppManifest.Layers[0]);
        var config = new ImageConfig { Os = "linux", Architecture = "amd64", RootFs = new RootFs { DiffIds = [Digest.Of(layer), Digest.Of(layer)] } }.ToBytes();
        var file = InFolder("old.tar");
        WriteTar(file,
            ("config.json", config),
            ("aaa/layer.tar", layer),
            ("bbb/layer.tar", "../aaa/layer.tar"),
            ("manifest.json", """[{"Config":"config.json","RepoTags":["linked:1"],"Layers":["aaa/layer.tar","bbb/layer.tar"]}]"""u8.ToArray()));
        var elsewhere = On(OpenStore("elsewhere"));
        await elsewhere.LoadAsync(File.OpenRead(file), file, new CopyOptions(), progress: null, CancellationToken.None);
        elsewhere.Inspect("linked:1").Layers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_index_is_copied_with_all_platforms_or_with_the_one_that_is_asked_for()
    {
        var arm = Platform.Parse("linux/arm64");
        var name = await PushIndexAsync(arm, Platform.Parse("linux/riscv64"));
        var all = await CopyAsync(name.ToString(), $"oci:{InFolder("all")}:v1", new CopyOptions { AllPlatforms = true });
        all.MediaType.ShouldBe(MediaTypes.OciIndex);
        (await SkopeoDigestAsync($"oci:{InFolder("all")}:v1", "--raw")).ShouldBe(all.Digest);
        var one = await CopyAsync(name.ToString(), $"oci:{InFolder("one")}:v1", new CopyOptions { Platform = arm });
        one.MediaType.ShouldBe(MediaTypes.OciManifest);
        var failure = await Should.ThrowAsync<ImageException>(() => CopyAsync(name.ToString(), $"oci:{InFolder("none")}:v1"));
        failure.Advice.ShouldNotBeNull().ShouldContain("linux/arm64, linux/riscv64");
    }

    [Fact]
    public async Task A_layout_keeps_its_other_images_and_a_tag_moves()
    {
        var layout = InFolder("layout");
        await CopyAsync(App.ToString(), $"oci:{layout}:a");
        await CopyAsync(App.ToString(), $"oci:{layout}:b");
        await CopyAsync(App.ToString(), $"oci:{layout}:b");
        ImageIndex.Parse(File.ReadAllBytes(Path.Combine(layout, "index.json"))).Manifests.Count.ShouldBe(2);
        Directory.EnumerateFiles(Path.Combine(layout, "blobs/sha256"), ".*").ShouldBeEmpty();
        var failure = await Should.ThrowAsync<ImageException>(() => CopyAsync($"oci:{layout}:c", "store://x:1"));
        failure.Message.ShouldContain("has no c");
    }

    private string InFolder(string name) => Path.Combine(Folder("work"), name);

    private Task<CopyResult> CopyAsync(string source, string target, CopyOptions? options = null) =>
        Images.CopyAsync(ImageLocation.Parse(source), ImageLocation.Parse(target), options ?? new CopyOptions(), progress: null, CancellationToken.None);

    private static async Task<Digest> SkopeoDigestAsync(string place, string? raw = null)
    {
        if (raw is not null) return Digest.Of(System.Text.Encoding.UTF8.GetBytes(await RealTool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", place)));
        return Digest.Parse((await RealTool.RunAsync("skopeo", "inspect", "--tls-verify=false", "--format", "{{.Digest}}", place)).Trim());
    }

    private async Task<Reference> PushIndexAsync(params Platform[] platforms)
    {
        var descriptor = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = AppDigest, Size = AppManifest.ToBytes().Length };
        var index = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [.. platforms.Select(p => descriptor with { Platform = p })] };
        var name = App.WithTag("index");
        using var client = new Registry.Client.RegistryClient(new Registry.Client.RegistryClientOptions());
        await client.PutManifestAsync(name, MediaTypes.OciIndex, index.ToBytes(), CancellationToken.None);
        return name;
    }

    private byte[] Uncompressed(Descriptor layer)
    {
        using var memory = new MemoryStream();
        using var gzip = new GZipStream(Store.OpenBlob(layer.Digest), CompressionMode.Decompress);
        gzip.CopyTo(memory);
        return memory.ToArray();
    }

    private static Stream Compress(string file, string compression)
    {
        if (compression.Length == 0) return File.OpenRead(file);
        var compressed = $"{file}.{compression}";
        using (var target = File.Create(compressed))
        using (Stream writer = compression == "gz" ? new GZipStream(target, CompressionLevel.Fastest) : new ZstdSharp.CompressionStream(target))
        using (var source = File.OpenRead(file)) source.CopyTo(writer);
        return File.OpenRead(compressed);
    }

    private static void WriteTar(string path, params (string Name, object Content)[] members)
    {
        using var file = File.Create(path);
        using var tar = new TarWriter(file, TarEntryFormat.Ustar);
        foreach (var (name, content) in members)
        {
            tar.WriteEntry(content is byte[] bytes
                ? new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) }
                : new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = (string)content });
        }
    }
}
