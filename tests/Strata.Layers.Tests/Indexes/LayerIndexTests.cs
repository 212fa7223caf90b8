using Strata.Layers.Tar;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Layers.Tests.Indexes;

public sealed class LayerIndexTests
{
    private static readonly RawTar Everything = new RawTar()
        .Folder("./").Folder("usr").Pax(("mtime", "-1.5"), ("uid", "70000"), ("SCHILY.xattr.user.k", "v")).File("usr/tool", "tool", 0x9ED)
        .File("usr/empty").Hardlink("usr/twin", "usr/tool").Symlink("usr/link", "../etc").Device('3', "dev/null", 1, 3).Entry('6', "pipe")
        .Pax(("GNU.sparse.size", "100000"), ("GNU.sparse.map", "50000,4")).File("holes", "data").File(".wh.gone").File("opaque/.wh..wh..opq").File("caf\xE9", "x");

    [Fact]
    public void What_goes_in_comes_out()
    {
        var seen = SeenLayer.Of(Everything.End());
        var index = Indexed.Layer(Everything);
        index.Entries.Count.ShouldBe(seen.Entries.Count);
        foreach (var (read, entry) in index.Entries.Zip(seen.Entries))
        {
            (read with { ContentDigest = null, Xattrs = [] }).ShouldBe(entry with { Xattrs = [] });
            read.Xattrs.Select(x => x.Key).ShouldBe(entry.Xattrs.Select(x => x.Key));
            if (entry.Type == EntryType.File && entry.Whiteout == Whiteout.None) read.ContentDigest.ShouldBe(Digest.Of(seen.ContentOf(entry.Path)));
            else read.ContentDigest.ShouldBeNull();
        }
    }

    [Fact]
    public void Totals_are_known_without_the_entries()
    {
        var totals = Indexed.Layer(Everything).Totals;
        totals.ShouldBe(new LayerTotals { Entries = 12, Files = 4, Directories = 2, Removals = 1, ContentSize = 100005, HidesLowerLayers = false });
        Indexed.Layer(new RawTar().File(".wh..wh..opq")).Totals.HidesLowerLayers.ShouldBeTrue();
        Indexed.Layer(new RawTar()).Totals.Entries.ShouldBe(0);
    }

    [Fact]
    public void A_path_is_found_and_its_last_entry_counts()
    {
        var index = Indexed.Layer(new RawTar().File("a", "1").File("a", "22").File("b/c", "x").File(".wh.d"));
        index.Find("a")!.Size.ShouldBe(2);
        index.Find("/b/c/")!.Size.ShouldBe(1);
        index.Find("b")!.IsImplied.ShouldBeTrue();
        index.Find("").ShouldNotBeNull().IsImplied.ShouldBeTrue();
        index.Find("d").ShouldBeNull();
        index.Find("b/").ShouldNotBeNull();
        index.Find("a/x").ShouldBeNull();
    }

    [Fact]
    public void The_children_of_a_folder_are_those_directly_in_it()
    {
        // Names before and behind the slash in the order of bytes, and one that begins with another.
        var index = Indexed.Layer(new RawTar().Folder("a").File("a-b").File("a/x").File("a/y/z").File("a/y.txt").File("a0").File("a/.wh.gone").File("b"));
        index.Children("a").Select(c => c.Path).ShouldBe(["a/gone", "a/x", "a/y", "a/y.txt"]);
        index.Children("").Select(c => c.Path).ShouldBe(["a", "a-b", "a0", "b"]);
        index.Children("a/y").Select(c => c.Path).ShouldBe(["a/y/z"]);
        index.Children("b").ShouldBeEmpty();
        index.Children("a").First().Whiteout.ShouldBe(Whiteout.Path);
    }

    [Fact]
    public void Thousands_of_paths_are_all_found()
    {
        var tar = new RawTar();
        var names = Enumerable.Range(0, 5000).Select(i => $"d{i % 37}/e{i * 7919 % 101}/f{i}").ToArray();
        foreach (var name in names) tar.File(name, name);
        var index = Indexed.Layer(tar);
        foreach (var name in names) index.Find(name)!.ContentDigest.ShouldBe(Digest.Of(System.Text.Encoding.ASCII.GetBytes(name)));
        index.Children("").Count().ShouldBe(37);
        index.InTarOrder().Select(e => e.Path).ShouldBe(names);
    }

    [Fact]
    public void It_is_kept_and_loaded()
    {
        using var folder = new TemporaryFolder();
        var diffId = Digest.Of("layer"u8);
        LayerIndex.TryLoad(folder.Path, diffId).ShouldBeNull();
        using var indexer = new LayerIndexer();
        new TarScanner([indexer], LayerLimits.Default).Push(Everything.End());
        indexer.Save(folder.Path, diffId);
        var index = LayerIndex.TryLoad(folder.Path, diffId).ShouldNotBeNull();
        index.ContentSize.ShouldBe(100005);
        index.Find("usr/tool")!.Mode.ShouldBe(0x9ED);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(200)]
    public void One_that_was_cut_is_made_again(int length)
    {
        using var folder = new TemporaryFolder();
        var diffId = Digest.Of("layer"u8);
        var path = LayerIndex.PathIn(folder.Path, diffId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Indexed.File(Everything.End())[..length]);
        LayerIndex.TryLoad(folder.Path, diffId).ShouldBeNull();
    }

    [Fact]
    public void Changed_bytes_give_another_answer_or_an_error_and_nothing_worse()
    {
        var file = Indexed.File(Everything.End());
        for (var i = 64; i < file.Length; i++)
        {
            foreach (var change in (byte[])[0x01, 0x80, 0xFF])
            {
                var broken = (byte[])file.Clone();
                broken[i] ^= change;
                try
                {
                    var index = new LayerIndex(broken);
                    _ = index.InTarOrder().Count();
                    _ = index.Children("usr").Count();
                }
                catch (LayerException)
                {
                    // Told as what it is.
                }
            }
        }
    }

    [Fact]
    public void A_huge_hole_has_no_digest() =>
        Indexed.Layer(new RawTar().Pax(("GNU.sparse.size", "68719476736"), ("GNU.sparse.map", "0,4")).File("a", "data"))
            .Find("a").ShouldNotBeNull().ShouldSatisfyAllConditions(e => e.Size.ShouldBe(1L << 36), e => e.ContentDigest.ShouldBeNull());

    [Fact]
    public async Task A_files_content_is_read_from_the_layer_and_from_its_tree()
    {
        using var folder = new TemporaryFolder();
        var tar = new RawTar().File("a", "first").Folder("real").Symlink("way", "real").File("way/b", "second").Pax(("GNU.sparse.size", "10"), ("GNU.sparse.map", "5,2")).File("s", "xy").End();
        var diffId = Digest.Of(tar);
        var index = new LayerIndex(Indexed.File(tar));
        LayerContent.TryOpenUnpacked(folder.Path, diffId, index.Find("a")!).ShouldBeNull();
        using (var unpacker = LayerUnpacker.Begin(folder.Path, diffId, UnpackOptions.Default))
        {
            await LayerReader.ReadAsync(new MemoryStream(tar), diffId, [unpacker], CancellationToken.None);
            unpacker.Commit();
        }
        foreach (var (path, content) in ((string, string)[])[("a", "first"), ("way/b", "second"), ("s", "\0\0\0\0\0xy\0\0\0")])
        {
            var file = index.Find(path)!;
            using var target = new MemoryStream();
            await LayerContent.CopyAsync(new MemoryStream(Reading.LayerReaderTests.Gzip(tar)), file, target, CancellationToken.None);
            System.Text.Encoding.ASCII.GetString(target.ToArray()).ShouldBe(content);
            await using var unpacked = LayerContent.TryOpenUnpacked(folder.Path, diffId, file).ShouldNotBeNull();
            using var reader = new StreamReader(unpacked);
            (await reader.ReadToEndAsync()).ShouldBe(content);
        }
        await Should.ThrowAsync<LayerException>(() =>
            LayerContent.CopyAsync(new MemoryStream(tar), index.Find("a")! with { ContentDigest = diffId }, Stream.Null, CancellationToken.None));
        await Should.ThrowAsync<LayerException>(() =>
            LayerContent.CopyAsync(new MemoryStream(tar), index.Find("a")! with { Offset = 7 }, Stream.Null, CancellationToken.None));
    }
}
