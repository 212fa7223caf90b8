using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Build.Tests.Output;

/// <summary>What <c>--output</c> says, and the forms that layers get by it.</summary>
public sealed class BuildOutputTests : BuildFixture
{
    [Theory]
    [InlineData("-", BuildOutputKind.Tar, "-")]
    [InlineData("out", BuildOutputKind.Local, "out")]
    [InlineData("type=local,dest=out", BuildOutputKind.Local, "out")]
    [InlineData("type=tar", BuildOutputKind.Tar, "-")]
    [InlineData("type=tar,\"dest=a,b\"", BuildOutputKind.Tar, "a,b")]
    [InlineData("type=oci", BuildOutputKind.Oci, "-")]
    [InlineData("type=docker", BuildOutputKind.Docker, null)]
    [InlineData("type=docker,destination=f", BuildOutputKind.Docker, "f")]
    [InlineData("type=image,name=a", BuildOutputKind.Image, null)]
    public void Outputs_are_read(string text, BuildOutputKind kind, string? target)
    {
        var output = BuildOutput.Parse(text);
        (output.Kind, output.Target).ShouldBe((kind, target));
    }

    [Theory]
    [InlineData("type=what", "unknown type: the types are image, registry, oci, docker, local, tar")]
    [InlineData("dest=x", "has no type")]
    [InlineData("type=local", "has no dest")]
    [InlineData("type=oci,dest=x,compresion=zstd", "has the key 'compresion', which is not known (did you mean compression?)")]
    [InlineData("type=local,dest=x,compression=zstd", "'compression', which is not known")]
    [InlineData("type=image,push-by-digest=true", "'push-by-digest', which is not known")]
    [InlineData("type=oci,dest=x,compression=lzma", "unsupported layer compression type 'lzma'")]
    [InlineData("type=oci,dest=x,compression-level=10", "compression level '10' is not from 0 to 9")]
    [InlineData("type=oci,dest=x,compression=zstd,compression-level=23", "is not from 0 to 22")]
    [InlineData("type=oci,tar=false", "tar=false needs a dest")]
    [InlineData("type=docker,tar=false,dest=x", "tar=false is for type=oci")]
    [InlineData("type=image,push=perhaps", "'push=perhaps' is neither true nor false")]
    [InlineData("type=image,oci-mediatypes=false", "oci-mediatypes=false is not done")]
    [InlineData("type=image,rewrite-timestamp=false", "rewrite-timestamp=false is not done")]
    [InlineData("type=image,dest=x", "dest is for files")]
    [InlineData("type=image,name=a,name=b", "has 'name' twice")]
    [InlineData("type=image,\"name=a", "a quote without its other")]
    public void What_is_not_done_is_refused_by_its_name(string text, string expected) =>
        Should.Throw<FormatException>(() => BuildOutput.Parse(text)).Message.ShouldContain(expected);

    [Fact]
    public void Names_and_annotations_are_many()
    {
        var output = BuildOutput.Parse("type=registry,\"name=a:1,b:2\",annotation.k=v,compression=zstd,compression-level=7,force-compression=true");
        output.Names.ShouldBe(["a:1", "b:2"]);
        output.Annotations.ShouldBe(new Dictionary<string, string> { ["k"] = "v" });
        output.Compression.ShouldBe(new LayerCompression(LayerCompressionKind.Zstd, 7));
        (output.IsPushed, output.ForcesCompression).ShouldBe((true, true));
    }

    [Fact]
    public async Task Layers_have_the_compression_that_is_asked_for_and_the_files_stay()
    {
        Put("a", new string('x', 100_000));
        const string dockerfile = "FROM scratch\nCOPY a /a";
        await BuildAsync(dockerfile);
        var plain = Images.Inspect("built:1");
        foreach (var (compression, type, start) in ((LayerCompression, string, string)[])
                 [(new(LayerCompressionKind.Zstd), MediaTypes.OciLayerZstd, "28b52ffd"), (new(LayerCompressionKind.None), MediaTypes.OciLayer, "6100"), (new(LayerCompressionKind.Gzip, 9), MediaTypes.OciLayerGzip, "1f8b")])
        {
            // Once from the cache, whose layer is in another form, and once made as it shall be.
            foreach (var noCache in (bool[])[false, true])
            {
                await BuildAsync(dockerfile, o => o with { Compression = compression, NoCache = noCache });
                var layer = Images.Inspect("built:1").Layers[0];
                (layer.Descriptor.MediaType, layer.DiffId).ShouldBe((type, plain.Layers[0].DiffId));
                var blob = await File.ReadAllBytesAsync(Store.BlobPath(layer.Descriptor.Digest), TestContext.Current.CancellationToken);
                Convert.ToHexStringLower(blob.AsSpan(0, 4)).ShouldStartWith(start);
                (await ContentAsync("a")).Length.ShouldBe(100_000);
            }
        }
        await BuildAsync(dockerfile);
        Images.Inspect("built:1").Layers[0].DiffId.ShouldBe(plain.Layers[0].DiffId);
    }

    [Fact]
    public async Task Layers_of_the_base_are_compressed_anew_when_it_is_forced()
    {
        Put("a", "a");
        await BuildAsync("FROM scratch\nCOPY a /a", o => o with { Names = [Reference.Parse("base:1")] });
        var zstd = new LayerCompression(LayerCompressionKind.Zstd);
        await BuildAsync("FROM base:1\nCOPY a /b", o => o with { Compression = zstd });
        Images.Inspect("built:1").Layers.Select(l => l.Descriptor.MediaType).ShouldBe([MediaTypes.OciLayerGzip, MediaTypes.OciLayerZstd]);
        await BuildAsync("FROM base:1\nCOPY a /b", o => o with { Compression = zstd, ForcesCompression = true });
        Images.Inspect("built:1").Layers.Select(l => l.Descriptor.MediaType).ShouldBe([MediaTypes.OciLayerZstd, MediaTypes.OciLayerZstd]);
        (await TreeAsync()).ShouldBe("a f644 0:0 a\nb f644 0:0 a");
    }

    [Fact]
    public async Task Annotations_are_of_the_manifest()
    {
        Put("a", "a");
        var image = await BuildAsync("FROM scratch\nCOPY a /", o => o with { Annotations = new Dictionary<string, string> { ["z"] = "1", ["a"] = "2" } });
        Manifest.Parse(Store.ReadDocument(image.Digest, Manifest.MaxBytes)).Annotations.ShouldBe(new Dictionary<string, string> { ["a"] = "2", ["z"] = "1" }, ignoreOrder: true);
    }

    [Fact]
    public async Task Files_of_several_platforms_get_a_folder_each()
    {
        Platform[] platforms = [Platform.Parse("linux/amd64"), Platform.Parse("linux/arm64/v8")];
        var image = await BuildAsync("FROM scratch\nARG TARGETARCH\nCOPY <<EOF /f\n$TARGETARCH\nEOF", o => o with { Platforms = platforms });
        var folder = Folder.Below("out");
        await Builder.ExportFolderAsync(image, folder, split: null, CancellationToken.None);
        (await File.ReadAllTextAsync(Path.Combine(folder, "linux_arm64/f"), TestContext.Current.CancellationToken)).ShouldBe("arm64\n");
        using var tar = new MemoryStream();
        await Builder.ExportTarAsync(image, tar, split: null, CancellationToken.None);
        var file = Folder.Below("out.tar");
        await File.WriteAllBytesAsync(file, tar.ToArray(), TestContext.Current.CancellationToken);
        RealTool.Output("tar", "-tf", file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.TrimEnd('/')).Order(StringComparer.Ordinal)
            .ShouldBe(["linux_amd64", "linux_amd64/f", "linux_arm64", "linux_arm64/f"]);
    }
}
