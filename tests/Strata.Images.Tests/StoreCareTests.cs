using System.Text;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Images.Tests;

/// <summary>Verify, repair, prune, df, import and manifest.</summary>
public sealed class StoreCareTests(HubProcess hub) : ImagesFixture(hub)
{
    [Fact]
    public async Task A_store_that_is_whole_is_clean()
    {
        await PullAsync();
        var check = await Images.VerifyAsync(nameOrId: null, CancellationToken.None);
        check.IsClean.ShouldBeTrue();
        (check.Images, check.Blobs).ShouldBe((1, 4));
        (await Images.RepairAsync(nameOrId: null, CancellationToken.None)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("layer", "missing")]
    [InlineData("layer", "damaged")]
    [InlineData("config", "missing")]
    [InlineData("config", "damaged")]
    [InlineData("manifest", "missing")]
    [InlineData("manifest", "damaged")]
    public async Task What_is_missing_or_damaged_is_found_and_fetched_again(string what, string how)
    {
        await PullAsync();
        var digest = what switch { "layer" => AppManifest.Layers[0].Digest, "config" => AppManifest.Config.Digest, _ => Digest.Of(AppManifest.ToBytes()) };
        if (how == "missing") File.Delete(Store.BlobPath(digest));
        else Damage(Store.BlobPath(digest));

        var fault = (await Images.VerifyAsync(App.ToString(), CancellationToken.None)).Faults.Single();
        (fault.Kind.ToString().ToLowerInvariant(), fault.What, fault.Content).ShouldBe((how, what, digest));
        fault.Images.ShouldBe([App.Familiar]);

        var repaired = await Images.RepairAsync(nameOrId: null, CancellationToken.None);
        repaired.ShouldAllBe(r => r.Repaired);
        (await Images.VerifyAsync(nameOrId: null, CancellationToken.None)).IsClean.ShouldBeTrue();
        Images.Inspect(App.ToString()).Id.ShouldBe(AppManifest.Config.Digest);
    }

    [Fact]
    public async Task A_blob_that_the_disk_damaged_is_named_when_its_layer_is_read_again()
    {
        await PullAsync();
        var layer = Images.Inspect(App.ToString()).Layers[0];
        Damage(Store.BlobPath(layer.Descriptor.Digest));
        File.Delete(LayerIndex.PathIn(Store.Layers, layer.DiffId));
        var fault = await Should.ThrowAsync<ImageException>(() => Images.UnpackAsync(Images.Inspect(App.ToString()), CancellationToken.None));
        // Not only that the layer is broken: the bytes are others than those that were pulled.
        fault.InnerException.ShouldBeOfType<ContentMismatchException>();
        fault.Message.ShouldContain(layer.Descriptor.Digest.ToString());
        LayerIndex.TryLoad(Store.Layers, layer.DiffId).ShouldBeNull();
    }

    [Fact]
    public async Task An_index_that_cannot_be_read_is_made_again()
    {
        await PullAsync();
        var diffId = Images.Inspect(App.ToString()).Layers[0].DiffId;
        File.WriteAllText(LayerIndex.PathIn(Store.Layers, diffId), "rot");
        (await Images.VerifyAsync(nameOrId: null, CancellationToken.None)).Faults.Single().Kind.ShouldBe(FaultKind.BadIndex);
        (await Images.RepairAsync(nameOrId: null, CancellationToken.None)).Single().Repaired.ShouldBeTrue();
        LayerIndex.TryLoad(Store.Layers, diffId).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_layer_that_is_another_than_the_config_says_is_found_and_cannot_be_fetched()
    {
        var right = await new LayerTar().File("a", "right").WriteToAsync(Store);
        var wrong = await new LayerTar().File("a", "wrong").WriteToAsync(Store);
        await TestImage.NameAsync(Store, Reference.Parse("lying:1"), [new WrittenLayer(wrong.Descriptor, right.DiffId)]);
        var fault = (await Images.VerifyAsync("lying:1", CancellationToken.None)).Faults.Single();
        fault.Kind.ShouldBe(FaultKind.WrongLayer);
        fault.Detail.ShouldContain(right.DiffId.ToString());
        (await Images.RepairAsync("lying:1", CancellationToken.None)).Single().Repaired.ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_fetched_again_says_why()
    {
        var layer = await new LayerTar().File("a", "x").WriteToAsync(Store);
        await TestImage.NameAsync(Store, Reference.Parse("127.0.0.1:1/gone:1"), [layer]);
        File.Delete(Store.BlobPath(layer.Descriptor.Digest));
        var outcome = (await Images.RepairAsync(nameOrId: null, CancellationToken.None)).Single();
        outcome.Repaired.ShouldBeFalse();
        outcome.Outcome.ShouldContain("127.0.0.1:1");
    }

    [Fact]
    public async Task What_removing_would_free_is_what_it_frees_and_what_is_shared_is_said()
    {
        await PullAsync();
        var first = Images.Inspect(App.ToString()).Layers[0];
        await TestImage.NameAsync(Store, Reference.Parse("small:1"), [new WrittenLayer(first.Descriptor, first.DiffId)]);
        var usage = Images.Usage().Images.Single(i => i.Names.Contains(App));
        var would = Images.WouldRemove(App.ToString(), force: false);
        (would.FreedBytes, would.SharedBytes, would.SharedWith).ShouldBe((usage.UniqueBytes, usage.SharedBytes, 1));
        usage.SharedBytes.ShouldBeGreaterThanOrEqualTo(first.Descriptor.Size);

        var before = BytesOnDisk();
        var removed = Images.Remove(App.ToString(), force: false);
        removed.FreedBytes.ShouldBe(would.FreedBytes);
        (before - BytesOnDisk()).ShouldBe(would.FreedBytes);
        removed.SharedWith.ShouldBe(1);
        Images.Usage().Images.Single().SharedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task Pruning_takes_what_has_no_name_and_what_nothing_needs()
    {
        await PullAsync();
        var layer = await new LayerTar().File("a", "old").WriteToAsync(Store);
        await TestImage.NameAsync(Store, Reference.Parse("moved:1"), [layer]);
        Images.Tag(App.ToString(), Reference.Parse("moved:1"));
        await Store.AddDocumentAsync("text/plain", "nothing needs this"u8.ToArray(), CancellationToken.None);
        await File.WriteAllTextAsync(Path.Combine(Store.Root, "ingest", "left"), "by a killed process");

        var before = BytesOnDisk();
        var would = Images.Prune(new PruneOptions { DryRun = true });
        BytesOnDisk().ShouldBe(before);
        would.Images.Count.ShouldBe(1);
        Images.Prune(new PruneOptions { Until = DateTimeOffset.UnixEpoch, DryRun = true }).Images.ShouldBeEmpty();

        var pruned = Images.Prune(new PruneOptions());
        pruned.IsSwept.ShouldBeTrue();
        pruned.FreedBytes.ShouldBe(would.FreedBytes);
        (before - BytesOnDisk()).ShouldBe(pruned.FreedBytes);
        Images.List().Select(i => i.Name).ShouldBe([App, Reference.Parse("moved:1")], ignoreOrder: true);
        Images.Prune(new PruneOptions { All = true }).Untagged.Count.ShouldBe(2);
        Store.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_pruned_while_content_is_in_flight()
    {
        await Store.AddDocumentAsync("text/plain", "on its way"u8.ToArray(), CancellationToken.None);
        using (Store.Lease()) Images.Prune(new PruneOptions()).IsSwept.ShouldBeFalse();
        Images.Prune(new PruneOptions()).FreedBytes.ShouldBe("on its way".Length);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_root_file_system_becomes_an_image(string compression)
    {
        var tar = new LayerTar().Folder("etc").File("etc/motd", "imported").ToBytes();
        var options = new ImportOptions
        {
            Changes = ["CMD [\"cat\", \"/etc/motd\"]", "ENV A=1 B=\"two words\"", "EXPOSE 80", "LABEL x=y", "WORKDIR /etc"],
            Message = "made by a test",
            Platform = Platform.Parse("linux/arm64"),
        };
        await Images.ImportAsync(new MemoryStream(Compressed(tar, compression)), Reference.Parse("imported:1"), options, progress: null, CancellationToken.None);
        var image = Images.Inspect("imported:1");
        image.Layers.Single().DiffId.ShouldBe(Digest.Of(tar));
        image.Config.Config!.Cmd.ShouldBe(["cat", "/etc/motd"]);
        image.Config.Config.Env.ShouldBe(["A=1", "B=two words"]);
        image.Config.Config.ExposedPorts!.Keys.ShouldBe(["80/tcp"]);
        image.Config.Architecture.ShouldBe("arm64");
        image.Config.History!.Single().Comment.ShouldBe("made by a test");
        (await Images.VerifyAsync("imported:1", CancellationToken.None)).IsClean.ShouldBeTrue();
        // The umoci of Debian 12 knows no zstd.
        if (compression != "zstd") (await UnpackedTree.OfAsync(Images, "imported:1", Folder("trees"))).ShouldContain("etc/motd f 644");
    }

    [Fact]
    public async Task What_is_no_root_file_system_is_refused()
    {
        (await ImportFailsAsync([0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, 1, 2], [])).Message.ShouldContain("xz");
        (await ImportFailsAsync(Encoding.UTF8.GetBytes(new string('x', 2000)), [])).Message.ShouldContain("no tar");
        (await ImportFailsAsync(Compressed(new LayerTar().File("a", "b").ToBytes(), "gzip")[..60], [])).Message.ShouldContain("cut off");
        (await ImportFailsAsync(new LayerTar().File("a", "b").ToBytes(), ["RUN make"])).Message.ShouldContain("RUN is not one of");
        (await ImportFailsAsync([], [])).Message.ShouldContain("is empty");
        Store.Names().ShouldBeEmpty();
        Images.Prune(new PruneOptions());
        Store.Blobs().ShouldBeEmpty();
    }

    [Fact]
    public async Task Documents_are_printed_as_they_are_from_the_store_and_from_the_registry()
    {
        foreach (var _ in (int[])[0, 1])
        {
            (await RawAsync(RawDocument.Top)).ShouldBe(AppManifest.ToBytes());
            Digest.Of(await RawAsync(RawDocument.Config)).ShouldBe(AppManifest.Config.Digest);
            (await Should.ThrowAsync<ImageException>(() => RawAsync(RawDocument.Index))).Message.ShouldContain("no index");
            await PullAsync();
        }
    }

    private async Task<byte[]> RawAsync(RawDocument which) => (await Images.ReadRawAsync(App.ToString(), which, platform: null, CancellationToken.None)).Bytes;

    private Task PullAsync() => Images.PullAsync(App, new PullOptions(), progress: null, CancellationToken.None);

    private Task<ImageException> ImportFailsAsync(byte[] content, string[] changes) => Should.ThrowAsync<ImageException>(() =>
        Images.ImportAsync(new MemoryStream(content), Reference.Parse("x:1"), new ImportOptions { Changes = changes }, progress: null, CancellationToken.None));

    /// <summary>Blobs by their length; what is derived by its blocks, as `du` counts them, without the folders themselves.</summary>
    private long BytesOnDisk() => new[] { "blobs", "ingest" }
        .Sum(f => new DirectoryInfo(Path.Combine(Store.Root, f)).EnumerateFiles("*", SearchOption.AllDirectories).Sum(i => i.Length))
        + Directory.EnumerateDirectories(Path.Combine(Store.Layers, "sha256")).Sum(Blocks);

    private static long Blocks(string folder) => RealTool.Output("find", folder, "-mindepth", "1", "-printf", "%b\n")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(b => long.Parse(b, System.Globalization.CultureInfo.InvariantCulture) * 512);

    private static void Damage(string path)
    {
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        using var file = File.Open(path, FileMode.Open);
        file.Position = file.Length / 2;
        var b = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(b ^ 1));
    }

    private static byte[] Compressed(byte[] content, string compression)
    {
        if (compression == "none") return content;
        using var memory = new MemoryStream();
        using (Stream writer = compression == "gzip" ? new System.IO.Compression.GZipStream(memory, System.IO.Compression.CompressionLevel.Fastest) : new ZstdSharp.CompressionStream(memory))
            writer.Write(content);
        return memory.ToArray();
    }
}
