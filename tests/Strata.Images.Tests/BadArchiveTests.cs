using System.Formats.Tar;
using System.Text;
using Strata.Images.Transports;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Archives and layouts that are cut off, lie, or mean harm: a clear error, and no name is other than it was.</summary>
public sealed class BadArchiveTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task An_archive_that_is_cut_off_anywhere_is_refused()
    {
        var whole = await SavedAsync();
        // Within a header, a blob, the documents at the end; the last 1024 bytes are the end mark, which many writers leave out.
        foreach (var length in (int[])[0, 100, 512, 700, whole.Length / 3, whole.Length / 2, whole.Length - 1600, whole.Length - 3000])
            (await LoadFailsAsync(whole[..length])).Advice.ShouldNotBeNullOrEmpty($"{length} of {whole.Length} bytes");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_blob_that_is_another_than_its_name_says_is_refused()
    {
        var whole = await SavedAsync();
        var at = whole.AsSpan().IndexOf(Encoding.ASCII.GetBytes($"blobs/sha256/{AppManifest.Layers[0].Digest.Hex}"));
        whole[at + 512 + 40] ^= 1;
        (await LoadFailsAsync(whole)).Message.ShouldContain(AppManifest.Layers[0].Digest.Short);
        StoreShouldBeAsItWas();
    }

    [Theory]
    [InlineData("../outside", "leads outside")]
    [InlineData("blobs/../../outside", "leads outside")]
    public async Task A_member_whose_path_leads_outside_is_refused(string path, string reason)
    {
        (await LoadFailsAsync(Tar((path, "x"u8.ToArray())))).Message.ShouldContain(reason);
        StoreShouldBeAsItWas();
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("../../../etc/hostname")]
    public async Task A_layer_that_is_a_link_out_of_the_archive_is_refused(string target)
    {
        var config = new ImageConfig { RootFs = new RootFs { DiffIds = [Digest.Of("x"u8)] } }.ToBytes();
        var failure = await LoadFailsAsync(Tar(("c.json", config), ("a/layer.tar", target), ("manifest.json", Text("""[{"Config":"c.json","RepoTags":["x:1"],"Layers":["a/layer.tar"]}]"""))));
        failure.Message.ShouldContain("outside of the archive");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task Links_that_go_in_a_circle_are_refused()
    {
        var config = new ImageConfig { RootFs = new RootFs { DiffIds = [Digest.Of("x"u8)] } }.ToBytes();
        var failure = await LoadFailsAsync(Tar(("c.json", config), ("a", "b"), ("b", "a"), ("manifest.json", Text("""[{"Config":"c.json","Layers":["a"]}]"""))));
        failure.Message.ShouldContain("leads to itself");
    }

    [Theory]
    [InlineData("""[{"Config":"c.json","RepoTags":["x:1"],"Layers":["gone/layer.tar"]}]""", "names gone/layer.tar")]
    [InlineData("""[{"Config":"gone.json","RepoTags":["x:1"],"Layers":[]}]""", "names gone.json")]
    [InlineData("""[{"Config":"c.json","RepoTags":["x:1"],"Layers":[]}]""", "its config names 1")]
    [InlineData("""[{"RepoTags":["x:1"]}]""", "not valid")]
    [InlineData("""{"no":"list"}""", "not valid")]
    [InlineData("""[null]""", "not valid")]
    [InlineData("[", "not valid")]
    public async Task A_manifest_json_that_is_not_true_is_refused(string manifest, string reason)
    {
        var config = new ImageConfig { RootFs = new RootFs { DiffIds = [Digest.Of("x"u8)] } }.ToBytes();
        (await LoadFailsAsync(Tar(("c.json", config), ("manifest.json", Text(manifest))))).Message.ShouldContain(reason);
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_layer_of_an_old_archive_that_is_not_what_the_config_promises_is_refused()
    {
        var layer = new LayerTar().File("a", "b").ToBytes();
        var config = new ImageConfig { RootFs = new RootFs { DiffIds = [Digest.Of("another"u8)] } }.ToBytes();
        var failure = await LoadFailsAsync(Tar(("c.json", config), ("l.tar", layer), ("manifest.json", Text("""[{"Config":"c.json","RepoTags":["x:1"],"Layers":["l.tar"]}]"""))));
        failure.Message.ShouldContain($"should be {Digest.Of("another"u8)} and is {Digest.Of(layer)}");
        StoreShouldBeAsItWas();
    }

    [Theory]
    [InlineData("index.json", 65)]
    [InlineData("manifest.json", 5)]
    public async Task A_document_that_is_too_large_is_refused_before_it_is_read(string name, int megabytes)
    {
        (await LoadFailsAsync(Tar((name, new byte[megabytes * 1024 * 1024])))).Message.ShouldContain("are allowed");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task What_holds_no_image_is_refused_with_the_right_word()
    {
        (await LoadFailsAsync(Tar(("etc/motd", "hello"u8.ToArray())))).Advice.ShouldNotBeNull().ShouldContain("strata import");
        (await LoadFailsAsync(Encoding.UTF8.GetBytes(new string('x', 4000)))).Message.ShouldContain("no tar");
        (await LoadFailsAsync([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])).Message.ShouldContain("cannot be read");
        (await LoadFailsAsync([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 1, 2])).Message.ShouldContain("xz");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_layout_with_a_link_in_a_blobs_place_or_without_a_blob_is_refused()
    {
        var layout = Path.Combine(Folder("work"), "layout");
        await CopyAsync(App.ToString(), $"oci:{layout}:v1");
        var blob = Path.Combine(layout, "blobs/sha256", AppManifest.Layers[1].Digest.Hex);
        File.Delete(blob);
        (await Should.ThrowAsync<ImageException>(() => CopyAsync($"oci:{layout}:v1", "store://x:1"))).Message.ShouldContain("is not in it");
        File.CreateSymbolicLink(blob, "/etc/hostname");
        (await Should.ThrowAsync<ImageException>(() => CopyAsync($"oci:{layout}:v1", "store://x:1"))).Message.ShouldContain("is a link");
        File.Delete(blob);
        await File.WriteAllBytesAsync(blob, new byte[AppManifest.Layers[1].Size]);
        (await Should.ThrowAsync<ImageException>(() => CopyAsync($"oci:{layout}:v1", $"oci:{layout}-copy:v1"))).Message.ShouldContain("is damaged");
        Directory.EnumerateFiles($"{layout}-copy", "*", SearchOption.AllDirectories).ShouldNotContain(f => f.EndsWith(AppManifest.Layers[1].Digest.Hex, StringComparison.Ordinal));
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task An_archive_that_cannot_be_completed_leaves_what_was_there()
    {
        await Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        var file = Path.Combine(Folder("work"), "saved.tar");
        await File.WriteAllTextAsync(file, "before");
        File.Delete(Store.BlobPath(AppManifest.Layers[1].Digest));
        var failure = await Should.ThrowAsync<ImageException>(() => Images.SaveAsync([App.ToString()], file, progress: null, CancellationToken.None));
        failure.Advice.ShouldNotBeNull().ShouldContain("strata repair");
        await Should.ThrowAsync<ImageException>(() => CopyAsync(App.ToString(), $"oci-archive:{file}"));
        (await File.ReadAllTextAsync(file)).ShouldBe("before");
        Directory.EnumerateFiles(Path.GetDirectoryName(file)!).Single().ShouldBe(file);
    }

    private async Task<byte[]> SavedAsync()
    {
        var origin = OpenStore("saved-from");
        await On(origin).PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);
        using var memory = new MemoryStream();
        await On(origin).SaveAsync([App.ToString()], memory, progress: null, CancellationToken.None);
        return memory.ToArray();
    }

    private async Task<ImageException> LoadFailsAsync(byte[] archive)
    {
        var file = Path.Combine(Folder("work"), Guid.NewGuid().ToString("N"));
        await File.WriteAllBytesAsync(file, archive);
        await Should.ThrowAsync<ImageException>(() => Images.LoadAsync(new MemoryStream(archive), "stdin", new CopyOptions(), progress: null, CancellationToken.None));
        return await Should.ThrowAsync<ImageException>(() => Images.LoadAsync(File.OpenRead(file), "archive", new CopyOptions(), progress: null, CancellationToken.None));
    }

    private Task<CopyResult> CopyAsync(string source, string target) =>
        Images.CopyAsync(ImageLocation.Parse(source), ImageLocation.Parse(target), new CopyOptions(), progress: null, CancellationToken.None);

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Tar(params (string Name, object Content)[] members)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in members)
            {
                tar.WriteEntry(content is byte[] bytes
                    ? new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) }
                    : new UstarTarEntry(TarEntryType.SymbolicLink, name) { LinkName = (string)content });
            }
        }
        return memory.ToArray();
    }
}
