using Strata.Content;
using Strata.Testing;

namespace Strata.Layers.Tests.Writing;

public sealed class LayerWriterTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ContentStore _store;

    public LayerWriterTests() => _store = ContentStore.Open(_folder.Below("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GNU_tar_unpacks_what_is_written()
    {
        var source = Source();
        var target = _folder.Folder("target");
        RealTool.Output("tar", "-C", target, "-xpf", Write(source, new FolderLayerOptions { WithRoot = true }));
        Listing(target).ShouldBe(Listing(source));
    }

    [Fact]
    public void The_same_folder_gives_the_same_layer()
    {
        var source = Source();
        var first = LayerWriter.FromFolder(_store, source, new FolderLayerOptions(), CancellationToken.None);
        var copy = _folder.Below("copy");
        RealTool.Output("cp", "-a", source, copy);
        LayerWriter.FromFolder(_store, copy, new FolderLayerOptions(), CancellationToken.None).ShouldBe(first);
    }

    [Fact]
    public void A_name_that_is_no_utf8_is_written_as_it_is()
    {
        var source = _folder.Folder("source");
        RealTool.Output("/bin/sh", "-c", "printf x > \"$1/$(printf 'caf\\351')\"; printf y > \"$1/\uE000\"", "sh", source);
        var listed = RealTool.Output("tar", "--quoting-style=escape", "-tf", Write(source, new FolderLayerOptions()));
        listed.ShouldBe("caf\\351\n\\356\\200\\200\n");
    }

    [Fact]
    public void Extended_attributes_are_written_and_those_of_this_machine_are_not()
    {
        RealTool.Require("setfattr", "attr");
        RealTool.RequireRoot("sets trusted attributes");
        var source = _folder.Folder("source");
        var path = _folder.File("source/file", "x");
        RealTool.Output("setfattr", "-n", "user.colour", "-v", "blue\nred", path);
        RealTool.Output("setfattr", "-n", "trusted.overlay.origin", "-v", "x", path);
        var seen = SeenLayer.Of(File.ReadAllBytes(Write(source, new FolderLayerOptions())));
        seen["file"].Xattrs.Single().ShouldSatisfyAllConditions(x => x.Key.ShouldBe("user.colour"), x => x.Value.ShouldBe("blue\nred"u8.ToArray()));
    }

    [Fact]
    public void An_overlays_upper_folder_becomes_whiteouts()
    {
        RealTool.Require("setfattr", "attr");
        RealTool.RequireRoot("makes overlay marks");
        var source = _folder.Folder("source");
        _folder.File("source/kept/new", "x");
        RealTool.Output("mknod", $"{source}/kept/gone", "c", "0", "0");
        RealTool.Output("setfattr", "-n", "trusted.overlay.opaque", "-v", "y", $"{source}/kept");
        var seen = SeenLayer.Of(File.ReadAllBytes(Write(source, new FolderLayerOptions { IsOverlay = true })));
        seen.Entries.Select(e => (e.Path, e.Whiteout)).ShouldBe(
            [("kept", Whiteout.None), ("kept", Whiteout.Opaque), ("kept/gone", Whiteout.Path), ("kept/new", Whiteout.None)]);
    }

    [Fact]
    public void Owners_and_times_can_be_made_independent_of_the_machine()
    {
        var source = _folder.Folder("source");
        _folder.File("source/file", "x");
        var limit = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var seen = SeenLayer.Of(File.ReadAllBytes(Write(source, new FolderLayerOptions { OwnedByRoot = true, NoLaterThan = limit })));
        (seen["file"].Uid, seen["file"].Gid, seen["file"].ModTime).ShouldBe((0L, 0L, limit));
    }

    private string Source()
    {
        var source = _folder.Folder("source");
        _folder.File("source/usr/bin/tool", "#!/bin/sh\n");
        _folder.File("source/usr/share/data", new string('d', 300_000));
        _folder.File($"source/{new string('l', 120)}/{new string('m', 200)}", "long");
        RealTool.Output("chmod", "4755", $"{source}/usr/bin/tool");
        RealTool.Output("ln", $"{source}/usr/bin/tool", $"{source}/usr/bin/twin");
        RealTool.Output("ln", "-s", new string('t', 150), $"{source}/usr/link");
        RealTool.Output("mkfifo", $"{source}/pipe");
        RealTool.Output("touch", "-h", "-d", "1960-01-02 03:04:05", $"{source}/usr/link", $"{source}/usr/share/data");
        RealTool.Output("/bin/sh", "-c", "find \"$1\" -depth -exec touch -h -d '2005-05-05 05:05:05' {} +", "sh", $"{source}/usr/share");
        RealTool.Output("/bin/sh", "-c", "find \"$1\" -depth -exec touch -h -d '2006-06-06 06:06:06' {} +", "sh", source);
        return source;
    }

    private string Write(string source, FolderLayerOptions options)
    {
        var layer = LayerWriter.FromFolder(_store, source, options, CancellationToken.None);
        var tar = _folder.Below("written.tar");
        RealTool.Output("/bin/sh", "-c", "gzip -dc < \"$1\" > \"$2\"", "sh", _store.BlobPath(layer.Descriptor.Digest), tar);
        return tar;
    }

    private static string Listing(string folder) =>
        RealTool.Output("/bin/sh", "-c", "cd \"$1\" && { find . -printf '%p %y %m %U %G %n %l %T@\\n'; find . -type f -exec sha256sum {} +; } | sort", "sh", folder);
}
