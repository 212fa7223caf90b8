using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Images whose bytes are as their digests say, and that are not to be trusted all the same.</summary>
public sealed class EvilImageTests(HubProcess hub) : ImagesFixture(hub)
{
    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/../outside")]
    public async Task A_path_that_leads_outside_is_refused(string path)
    {
        var failure = await PullOfAsync(Gzip(TarOf(path)));
        failure.Message.ShouldContain("leads outside");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_path_with_a_leading_slash_means_the_root_of_the_image()
    {
        var name = await PushAsync(Gzip(TarOf("/etc/motd")), TarOf("/etc/motd"));
        await Images.PullAsync(name, new PullOptions(), progress: null, CancellationToken.None);
        var diffId = Images.Inspect(name.ToString()).Layers[0].DiffId;
        LayerIndex.TryLoad(Store.Layers, diffId)!.Entries.Single().Path.ShouldBe("etc/motd");
    }

    [Fact]
    public async Task A_gzip_that_is_cut_off_is_refused()
    {
        var gzip = Gzip(TarOf("etc/motd"));
        (await PullOfAsync(gzip[..(gzip.Length / 2)])).Message.ShouldContain("layer");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_layer_that_is_no_tar_is_refused()
    {
        (await PullOfAsync(Gzip(Encoding.UTF8.GetBytes(new string('x', 2000))))).Message.ShouldContain("no tar");
        StoreShouldBeAsItWas();
    }

    [Fact]
    public async Task A_layer_whose_content_is_not_what_the_config_promises_is_refused()
    {
        var name = await PushAsync(Gzip(TarOf("etc/motd")), TarOf("etc/another"));
        var failure = await Should.ThrowAsync<ImageException>(() => Images.PullAsync(name, new PullOptions(), progress: null, CancellationToken.None));
        failure.Message.ShouldContain("should be " + Digest.Of(TarOf("etc/another")));
        StoreShouldBeAsItWas();
    }

    private async Task<ImageException> PullOfAsync(byte[] layer)
    {
        var name = await PushAsync(layer, TarOf("etc/motd"));
        var failure = await Should.ThrowAsync<ImageException>(() => Images.PullAsync(name, new PullOptions(), progress: null, CancellationToken.None));
        failure.Advice.ShouldNotBeNullOrEmpty();
        return failure;
    }

    private async Task<Reference> PushAsync(byte[] layer, byte[] uncompressed)
    {
        var store = OpenStore(Guid.NewGuid().ToString("N"));
        var name = Reference.Parse($"{Hub.Address}/evil/{Guid.NewGuid():N}:1");
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciLayerGzip, layer, CancellationToken.None);
        await TestImage.NameAsync(store, name, [new WrittenLayer(descriptor, Digest.Of(uncompressed))]);
        await On(store).PushAsync(name, progress: null, CancellationToken.None);
        return name;
    }

    private static byte[] TarOf(string path)
    {
        using var memory = new MemoryStream();
        using (var tar = new TarWriter(memory, TarEntryFormat.Pax, leaveOpen: true))
        {
            var entry = new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream("x"u8.ToArray()), ModificationTime = DateTimeOffset.UnixEpoch };
            tar.WriteEntry(entry);
        }
        return memory.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest)) gzip.Write(content);
        return memory.ToArray();
    }
}
