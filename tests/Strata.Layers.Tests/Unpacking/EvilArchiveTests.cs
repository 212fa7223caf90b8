using Strata.Oci;

namespace Strata.Layers.Tests.Unpacking;

/// <summary>Every way out that extractors of archives have had. Contained or refused, never outside.</summary>
public sealed class EvilArchiveTests : IDisposable
{
    private readonly UnpackedLayers _layers = new();

    public void Dispose() => _layers.Dispose();

    /// <summary>OUTSIDE stands for a folder beside the layers.</summary>
    private static readonly Dictionary<string, Func<string, RawTar>> Refused = new(StringComparer.Ordinal)
    {
        ["dots"] = _ => new RawTar().File("../../../../outside/secret", "evil"),
        ["dots within"] = _ => new RawTar().Folder("a").File("a/../../x", "evil"),
        ["dots by PAX"] = _ => new RawTar().Pax(("path", "../../../../outside/secret")).File("innocent", "evil"),
        ["dots by a GNU long name"] = _ => new RawTar().Entry('L', "././@LongLink", "../../../../outside/secret\0").File("innocent", "evil"),
        ["dots by a sparse name"] = _ => new RawTar().Pax(("GNU.sparse.name", "../x"), ("GNU.sparse.size", "4"), ("GNU.sparse.map", "0,4")).File("innocent", "evil"),
        ["dots by a ustar prefix"] = _ => new RawTar().Entry('0', "x", "evil", edit: b => RawTar.Put(b, 345, "..")),
        ["dots folder"] = _ => new RawTar().Folder("../../x"),
        ["link to the outside, then through it"] = o => new RawTar().Symlink("a", "../../../../outside").File("a/b/secret", "evil"),
        ["link to itself, then through it"] = _ => new RawTar().Symlink("a", "a").File("a/x", "evil"),
        ["two links in a ring"] = _ => new RawTar().Symlink("a", "b").Symlink("b", "a").File("a/x", "evil"),
        ["link to /proc, then through it"] = _ => new RawTar().Symlink("a", "/proc/self/cwd").File("a/x", "evil"),
        ["hard link to the outside"] = _ => new RawTar().Hardlink("a", "../../../../outside/secret").File("a", "evil"),
        ["absolute hard link to the outside"] = o => new RawTar().Hardlink("a", $"{o}/secret").File("a", "evil"),
        ["hard link through a link"] = o => new RawTar().Symlink("a", o).Hardlink("b", "a/secret").File("b", "evil"),
        ["hard link to what is not there"] = _ => new RawTar().Hardlink("a", "b"),
        ["hard link to itself"] = _ => new RawTar().File("a").Hardlink("a", "a"),
        ["hard link to the root"] = _ => new RawTar().Hardlink("a", "."),
        ["hard link to a folder"] = _ => new RawTar().Folder("d").Hardlink("a", "d"),
        ["hard link to a whiteout"] = _ => new RawTar().File(".wh.gone").Hardlink("a", "gone"),
        ["hard link in the place of its target's folder"] = _ => new RawTar().Folder("d").File("d/f", "x").Hardlink("d", "d/f"),
        ["below a file"] = _ => new RawTar().File("a", "x").File("a/b", "evil"),
        ["below a fifo"] = _ => new RawTar().Entry('6', "a").File("a/b", "evil"),
        ["root is a link"] = o => new RawTar().Symlink(".", o).File("secret", "evil"),
        ["root is a link, absolute"] = o => new RawTar().Symlink("/", o).File("secret", "evil"),
        ["root is a file"] = _ => new RawTar().File("./", "x", 0x1A4).Entry('0', ".", "evil"),
        ["whiteout of nothing"] = _ => new RawTar().File(".wh."),
        ["whiteout of the folder itself"] = _ => new RawTar().File("a/.wh.."),
        ["whiteout of the folder above"] = _ => new RawTar().File("a/.wh..."),
        ["below a whiteout"] = _ => new RawTar().File(".wh.a/b", "evil"),
        ["NUL in a name"] = _ => new RawTar().Pax(("path", "a\0/../../../outside/secret")).File("x", "evil"),
        ["NUL in a link"] = _ => new RawTar().Pax(("linkpath", "a\0b")).Symlink("x", "y"),
        ["link to nothing"] = _ => new RawTar().Symlink("x", ""),
        ["negative size"] = _ => new RawTar().Pax(("size", "-512")).File("a", "evil"),
        ["size beyond the end"] = _ => new RawTar().Entry('0', "a", edit: b => RawTar.Put(b, 124, "77777777777\0")),
        ["size beyond all limits"] = _ => new RawTar().Pax(("size", "9223372036854775807")).File("a", "evil"),
        ["a sparse file of an exbibyte"] = _ => new RawTar().Pax(("GNU.sparse.size", "1152921504606846976"), ("GNU.sparse.map", "0,4")).File("a", "evil"),
        ["a sparse file with overlapping pieces"] = _ => new RawTar().Pax(("GNU.sparse.size", "8"), ("GNU.sparse.map", "0,3,1,1")).File("a", "evil"),
        ["too deep"] = _ => new RawTar().Pax(("path", string.Concat(Enumerable.Repeat("d/", 300)) + "f")).File("x", "evil"),
        ["a name too long"] = _ => new RawTar().Pax(("path", new string('n', 256))).File("x", "evil"),
        ["an owner that is none"] = _ => new RawTar().Pax(("uid", "-1")).File("x", "evil"),
    };

    public static TheoryData<string> RefusedNames() => [.. Refused.Keys];

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public async Task It_is_refused_and_nothing_is_left(string evil)
    {
        var tar = Refused[evil](_layers.Below("outside")).End();
        await Should.ThrowAsync<LayerException>(() => _layers.UnpackAsync(tar));
        _layers.CheckOutside();
        _layers.CheckNothingIsLeft();
    }

    /// <summary>What may be unpacked, and the path that must then have the content "evil", in the tree.</summary>
    private static readonly Dictionary<string, (Func<string, RawTar> Tar, string Path)> Contained = new(StringComparer.Ordinal)
    {
        ["absolute name"] = (o => new RawTar().File($"{o}/secret", "evil"), "OUTSIDE/secret"),
        ["link within, then through it"] = (_ => new RawTar().Folder("real").Symlink("a", "real").File("a/x", "evil"), "real/x"),
        ["absolute link, then through it"] = (_ => new RawTar().Folder("real").Symlink("a", "/real").File("a/x", "evil"), "real/x"),
        ["link far up, then through it"] = (_ => new RawTar().Folder("real").Symlink("a", "../../../../../real").File("a/x", "evil"), "real/x"),
        ["link to the root, then through it"] = (_ => new RawTar().Symlink("a", "/").File("a/x", "evil"), "x"),
        ["link above the root, then through it"] = (_ => new RawTar().Symlink("a", "../..").File("a/x", "evil"), "x"),
        ["a chain of links, then through it"] = (_ => new RawTar().Folder("real").Symlink("a", "b").Symlink("b", "/c").Symlink("c", "real").File("a/x", "evil"), "real/x"),
        ["folder replaced by a link to the outside, file in the place of the link"] =
            (o => new RawTar().Folder("a").File("a/x", "old").Symlink("a", o).File("a", "evil"), "a"),
        ["link replaced by a folder"] = (o => new RawTar().Symlink("a", o).Folder("a").File("a/secret", "evil"), "a/secret"),
        ["link to a file outside, then the file"] = (o => new RawTar().Symlink("a", $"{o}/secret").File("a", "evil"), "a"),
        ["link to a file outside, then the file twice"] = (o => new RawTar().Symlink("a", $"{o}/secret").File("a", "old").File("a", "evil"), "a"),
        ["hard link to a link to the outside, then the file"] = (o => new RawTar().Symlink("a", $"{o}/secret").Hardlink("b", "a").File("b", "evil"), "b"),
        ["file in the place of a hard link leaves the other name alone"] = (_ => new RawTar().File("a", "evil").Hardlink("b", "a").File("b", "other"), "a"),
        ["hard link a second time"] = (_ => new RawTar().File("a", "evil").Hardlink("b", "a").Hardlink("b", "a"), "b"),
        ["hard link over another file"] = (_ => new RawTar().File("a", "evil").File("b", "old").Hardlink("b", "a"), "b"),
        ["file over a folder full of things"] = (_ => new RawTar().Folder("a").Folder("a/b").File("a/b/c", "x").File("a", "evil"), "a"),
        ["newlines and control characters in a name"] = (_ => new RawTar().File("a\nb\x1b[2J\tc", "evil"), "a\nb\x1b[2J\tc"),
        ["dots that are names"] = (_ => new RawTar().File(".../....", "evil"), ".../...."),
        ["whiteout of the file that follows"] = (_ => new RawTar().File("a", "evil").File(".wh.a"), "a"),
        ["whiteout before its file"] = (_ => new RawTar().File(".wh.a").File("a", "evil"), "a"),
        ["sizes that lie on a link"] = (_ => new RawTar().Entry('2', "l", link: "x", edit: b => RawTar.Put(b, 124, "00000001000\0")).File("x", "evil"), "x"),
        ["a folder with content"] = (_ => new RawTar().Entry('0', "d/", "content of a folder").File("d/x", "evil"), "d/x"),
    };

    public static TheoryData<string> ContainedNames() => [.. Contained.Keys];

    [Theory]
    [MemberData(nameof(ContainedNames))]
    public async Task It_stays_within_the_tree(string evil)
    {
        var (tar, path) = Contained[evil];
        var tree = await _layers.UnpackAsync(tar(_layers.Below("outside")).End());
        (await File.ReadAllTextAsync(Path.Combine(tree, path.Replace("OUTSIDE", _layers.Below("outside")[1..], StringComparison.Ordinal)))).ShouldBe("evil");
        _layers.CheckOutside();
    }

    [Fact]
    public async Task A_device_over_a_file_and_a_file_over_a_device_touch_no_device()
    {
        Strata.Testing.RealTool.RequireRoot("makes device nodes");
        var tree = await _layers.UnpackAsync(new RawTar().File("a", "x").Device('3', "a", 1, 3).Device('3', "b", 1, 3).File("b", "evil").End());
        File.ReadAllText(Path.Combine(tree, "b")).ShouldBe("evil");
        UnpackedLayers.Listing(tree).ShouldContain("./a c 644");
    }

    [Fact]
    public async Task A_layer_with_a_wrong_digest_leaves_nothing()
    {
        var tar = new RawTar().File("a", "x").End();
        var other = Digest.Of("other"u8);
        using (var unpacker = LayerUnpacker.Begin(_layers.Layers, other, UnpackOptions.Default))
            await Should.ThrowAsync<LayerException>(() => LayerReader.ReadAsync(new MemoryStream(tar), other, [unpacker], CancellationToken.None));
        _layers.CheckNothingIsLeft();
    }

    [Fact]
    public async Task A_bomb_of_content_is_refused_before_the_disk_is_full()
    {
        var limits = new LayerLimits { MaxContentBytes = 1000 };
        await Should.ThrowAsync<LayerException>(() => _layers.UnpackAsync(new RawTar().File("a", new string('x', 600)).File("b", new string('x', 401)).End(), limits: limits));
        await _layers.UnpackAsync(new RawTar().File("a", new string('x', 600)).File("b", new string('x', 400)).End(), limits: limits);
        _layers.CheckOutside();
    }

    [Fact]
    public async Task Changed_bytes_anywhere_are_contained_or_refused()
    {
        // Not random: the same mutations each time, so that a failure can be looked at.
        var random = new Random(20260101);
        var outside = _layers.Below("outside");
        byte[][] seeds = [.. Contained.Values.Select(c => c.Tar(outside).End()), .. Refused.Values.Select(r => r(outside).End())];
        for (var round = 0; round < 3000; round++)
        {
            var tar = (byte[])seeds[round % seeds.Length].Clone();
            for (var change = random.Next(1, 4); change > 0; change--) tar[random.Next(tar.Length)] = (byte)random.Next(256);
            // The checksum is made right again, or most would end at the first header.
            if (round % 3 > 0)
                for (var at = 0; at + 512 <= tar.Length; at += 512)
                    if (tar.AsSpan(at + 257, 5).SequenceEqual("ustar"u8)) RawTar.Summed(tar[at..(at + 512)]).CopyTo(tar, at);
            try
            {
                await _layers.UnpackAsync(tar);
            }
            catch (Exception e) when (e is LayerException or IOException)
            {
                // Refused, or more than this file system can hold.
            }
        }
        _layers.CheckOutside();
    }
}
