using System.Globalization;
using Strata.Oci;
using Strata.Testing;

namespace Strata.Layers.Tests.Unpacking;

public sealed class LayerUnpackerTests : IDisposable
{
    private readonly UnpackedLayers _layers = new();

    public void Dispose() => _layers.Dispose();

    /// <summary>A kill in the midst of a removal left a tree with half of its files, which the next pull took for whole.</summary>
    [Fact]
    public void A_tree_whose_removal_came_to_no_end_does_not_count_as_unpacked()
    {
        using var layers = new TemporaryFolder();
        var diffId = Digest.Of("a layer"u8);
        // Deeper than what is removed: the removal begins, and fails.
        Directory.CreateDirectory(Path.Combine([LayerUnpacker.PathIn(layers.Path, diffId), .. Enumerable.Repeat("d", 600)]));
        LayerUnpacker.IsUnpacked(layers.Path, diffId).ShouldBeTrue();
        Should.Throw<IOException>(() => LayerUnpacker.Remove(layers.Path, diffId));
        LayerUnpacker.IsUnpacked(layers.Path, diffId).ShouldBeFalse();
    }

    [Fact]
    public async Task Folders_that_the_archive_does_not_mention_are_roots_and_open_to_all()
    {
        var tree = await _layers.UnpackAsync(new RawTar().File("a/b/c", "x").End());
        UnpackedLayers.Listing(tree).ShouldContain($"./a/b d 755 {Id("u")} {Id("g")} ");
    }

    [Fact]
    public async Task Times_of_folders_are_theirs_although_files_came_later()
    {
        var tree = await _layers.UnpackAsync(new RawTar()
            .Pax(("mtime", "1000000000.5")).Folder("./").Pax(("mtime", "1000000001.25")).Folder("d").Pax(("mtime", "-5")).File("d/f").End());
        var listing = UnpackedLayers.Listing(tree);
        listing.ShouldContain(" 1000000000.5000000000");
        listing.ShouldContain(" 1000000001.2500000000");
        listing.ShouldContain(" -5.0000000000");
    }

    [Fact]
    public async Task Owners_and_set_id_bits_are_kept_together()
    {
        RealTool.RequireRoot("keeps owners");
        var tree = await _layers.UnpackAsync(new RawTar()
            .Pax(("uid", "1234"), ("gid", "4000000000")).File("suid", "x", 0xDED).Pax(("gid", "7")).Folder("shared", 0x5FD).File("shared/f", "x", 0x1B6)
            .Pax(("uid", "5")).Symlink("l", "x").End());
        var listing = UnpackedLayers.Listing(tree);
        listing.ShouldContain("./suid f 6755 1234 4000000000 ");
        listing.ShouldContain("./shared d 2775 0 7 ");
        listing.ShouldContain("./shared/f f 666 0 0 ");
        listing.ShouldContain("./l l 777 5 0 ");
    }

    [Fact]
    public async Task Devices_and_fifos_are_made()
    {
        RealTool.RequireRoot("makes device nodes");
        var tree = await _layers.UnpackAsync(new RawTar().Device('3', "c", 1, 3).Device('4', "b", 259, 70000).Entry('6', "p").End());
        RealTool.Output("stat", "-c", "%F %t:%T", $"{tree}/c", $"{tree}/b", $"{tree}/p").ShouldBe("character special file 1:3\nblock special file 103:11170\nfifo 0:0\n");
    }

    [Fact]
    public async Task Whiteouts_and_opaque_folders_are_overlayfs()
    {
        RealTool.RequireRoot("sets trusted attributes");
        RealTool.Require("getfattr", "attr");
        var tree = await _layers.UnpackAsync(new RawTar().Folder("d").File("d/.wh.gone").Folder("o").File("o/.wh.before").File("o/.wh..wh..opq").File("o/.wh.after")
            .File("o/sub/.wh.deep").File("o/new", "x").End());
        RealTool.Output("stat", "-c", "%F %t:%T", $"{tree}/d/gone").ShouldBe("character special file 0:0\n");
        Xattr(tree + "/o", "trusted.overlay.opaque").ShouldBe("y");
        // In an opaque folder there is nothing to white out, and overlayfs would show the device.
        Directory.GetFileSystemEntries(tree + "/o").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["new", "sub"]);
        Directory.GetFileSystemEntries(tree + "/o/sub").ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whiteout_and_a_folder_of_the_same_name_are_an_opaque_folder(bool whiteoutFirst)
    {
        RealTool.RequireRoot("sets trusted attributes");
        RealTool.Require("getfattr", "attr");
        var tar = whiteoutFirst ? new RawTar().File(".wh.d").Folder("d").File("d/f", "x") : new RawTar().Folder("d").File("d/f", "x").File(".wh.d");
        var tree = await _layers.UnpackAsync(tar.End());
        Xattr(tree + "/d", "trusted.overlay.opaque").ShouldBe("y");
        File.Exists(tree + "/d/f").ShouldBeTrue();
    }

    [Fact]
    public async Task A_whiteout_with_a_folder_that_is_not_mentioned_is_an_opaque_folder()
    {
        RealTool.RequireRoot("sets trusted attributes");
        RealTool.Require("getfattr", "attr");
        var tree = await _layers.UnpackAsync(new RawTar().File(".wh.d").File("d/f", "x").End());
        Xattr(tree + "/d", "trusted.overlay.opaque").ShouldBe("y");
        UnpackedLayers.Listing(tree).ShouldContain("./d d 755 0 0 ");
    }

    [Fact]
    public async Task Overlayfs_itself_hides_what_the_layer_removes()
    {
        RealTool.RequireRoot("mounts an overlay");
        var lower = await _layers.UnpackAsync(new RawTar().File("a", "1").File("d/x", "1").File("o/x", "1").File("o/y", "1").File("gone/x", "1").File("kept", "1").End());
        var upper = await _layers.UnpackAsync(new RawTar().File(".wh.a").File("d/.wh.x").File("d/z", "2").File("o/.wh..wh..opq").File("o/y", "2").File(".wh.gone").File("gone/n", "2").End());
        var merged = Directory.CreateTempSubdirectory("strata-test-").FullName;
        try
        {
            if (RealTool.Run("mount", "-t", "overlay", "overlay", "-o", $"lowerdir={upper}:{lower}", merged).ExitCode != 0) Assert.Skip("overlayfs cannot be mounted here");
            try
            {
                RealTool.Output("/bin/sh", "-c", "cd \"$1\" && find . -type f | sort | xargs grep -H .", "sh", merged)
                    .ShouldBe("./d/z:2\n./gone/n:2\n./kept:1\n./o/y:2\n");
            }
            finally
            {
                RealTool.Output("umount", merged);
            }
        }
        finally
        {
            Directory.Delete(merged);
        }
    }

    [Fact]
    public async Task Attributes_are_set_but_orders_to_overlayfs_and_labels_are_not()
    {
        RealTool.RequireRoot("sets trusted attributes");
        RealTool.Require("getfattr", "attr");
        var tree = await _layers.UnpackAsync(new RawTar().Pax(
            ("SCHILY.xattr.user.colour", "blue\nred"), ("SCHILY.xattr.trusted.overlay.opaque", "y"), ("SCHILY.xattr.user.overlay.redirect", "/x"),
            ("SCHILY.xattr.security.selinux", "label"), ("uid", "5"), ("SCHILY.xattr.security.capability",
                "\u0001\0\0\u0002\u0081\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0")).File("f", "x").End());
        var all = RealTool.Output("getfattr", "-h", "-d", "-m", "-", "-e", "hex", "--absolute-names", $"{tree}/f");
        all.ShouldContain("user.colour=0x626c75650a726564\n");
        all.ShouldContain("trusted.overlay.overlay.opaque=0x79\n");
        all.ShouldContain("user.overlay.overlay.redirect=0x2f78\n");
        all.ShouldContain("security.capability=0x0100000281000000000000000000000000000000\n");
        all.ShouldNotContain("selinux");
        all.ShouldNotContain("trusted.overlay.opaque");
    }

    [Fact]
    public async Task A_sparse_file_has_holes_on_disk()
    {
        var tree = await _layers.UnpackAsync(new RawTar()
            .Pax(("GNU.sparse.size", (1L << 32).ToString(CultureInfo.InvariantCulture)), ("GNU.sparse.map", $"{1L << 31},4")).File("sparse", "data").End());
        var file = new FileInfo(tree + "/sparse");
        file.Length.ShouldBe(1L << 32);
        int.Parse(RealTool.Output("stat", "-c", "%b", file.FullName), CultureInfo.InvariantCulture).ShouldBeLessThan(64);
        using var content = file.OpenRead();
        content.Position = 1L << 31;
        var data = new byte[5];
        content.ReadExactly(data);
        data.ShouldBe("data\0"u8.ToArray());
    }

    [Fact]
    public async Task Names_that_are_no_utf8_are_written_as_they_are_and_can_be_removed()
    {
        var tar = new RawTar().Folder("d\xE9").File("d\xE9/f\xFF", "x").File("d\xE9", "y").End();
        var tree = await _layers.UnpackAsync(tar);
        RealTool.Output("ls", "--quoting-style=escape", tree).ShouldBe("d\\351\n");
        LayerUnpacker.Remove(_layers.Layers, Digest.Of(tar));
        Directory.Exists(tree).ShouldBeFalse();
    }

    [Fact]
    public async Task The_root_gets_what_the_archive_says()
    {
        RealTool.RequireRoot("keeps owners");
        var tree = await _layers.UnpackAsync(new RawTar().Pax(("uid", "3"), ("mtime", "77")).Folder("./", 0x1C0).File("f").End());
        UnpackedLayers.Listing(tree).ShouldStartWith(". d 700 3 0 2  77.0");
    }

    [Fact]
    public async Task Two_at_once_leave_one_tree()
    {
        var tar = new RawTar().File("a", "x").End();
        var diffId = Digest.Of(tar);
        using var first = LayerUnpacker.Begin(_layers.Layers, diffId, UnpackOptions.Default);
        using var second = LayerUnpacker.Begin(_layers.Layers, diffId, UnpackOptions.Default);
        await LayerReader.ReadAsync(new MemoryStream(tar), diffId, [first, second], CancellationToken.None);
        LayerUnpacker.IsUnpacked(_layers.Layers, diffId).ShouldBeFalse();
        first.Commit();
        second.Commit();
        LayerUnpacker.IsUnpacked(_layers.Layers, diffId).ShouldBeTrue();
        RealTool.Output("find", _layers.Layers, "-name", "tree*").Trim().ShouldBe(LayerUnpacker.PathIn(_layers.Layers, diffId));
    }

    [Fact]
    public async Task What_a_killed_process_left_is_removed_when_the_layer_is_unpacked_again()
    {
        var tar = new RawTar().File("a", "x").End();
        var folder = Path.GetDirectoryName(LayerUnpacker.PathIn(_layers.Layers, Digest.Of(tar)))!;
        Directory.CreateDirectory(Path.Combine(folder, "tree.0123456789ab", "half"));
        await _layers.UnpackAsync(tar);
        Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).ShouldBe(["tree"]);
    }

    [Fact]
    public async Task Without_roots_powers_the_files_are_there_and_the_owner_is_oneself()
    {
        var tree = await _layers.UnpackAsync(new RawTar().Folder("ro", 0x16D).Pax(("uid", "1234"), ("SCHILY.xattr.user.k", "v")).File("ro/f", "x", 0x124)
            .Device('3', "null", 1, 3).File(".wh.gone").End(), new UnpackOptions { KeepsOwners = false, ForUserNamespace = true, IsDurable = false });
        var listing = UnpackedLayers.Listing(tree);
        listing.ShouldContain($"./ro d 555 {Id("u")} ");
        listing.ShouldContain($"./ro/f f 444 {Id("u")} ");
        listing.ShouldContain("./gone c ");
        listing.ShouldNotContain("./null");
    }

    private static string Id(string which) => RealTool.Output("id", "-" + which).Trim();

    private static string Xattr(string path, string name) => RealTool.Output("getfattr", "-h", "-n", name, "--only-values", "--absolute-names", path);
}
