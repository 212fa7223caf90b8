using Strata.Layers.Tar;
using Strata.Testing;

namespace Strata.Layers.Tests.Tar;

/// <summary>What GNU tar writes, in each of its formats, whatever the pieces in which it arrives.</summary>
public sealed class GnuTarTests : IDisposable
{
    private static readonly string LongName = "deep/" + string.Concat(Enumerable.Repeat("0123456789/", 14)) + new string('n', 120);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, int> FormatsAndPieces()
    {
        var data = new TheoryData<string, int>();
        foreach (var format in (string[])["v7", "ustar", "oldgnu", "gnu", "posix"])
            foreach (var piece in (int[])[1, 7, 511, 512, 513, 64 * 1024]) data.Add(format, piece);
        return data;
    }

    [Theory]
    [MemberData(nameof(FormatsAndPieces))]
    public void Every_format_is_read_in_pieces_of_any_size(string format, int piece)
    {
        var source = _folder.Folder("source");
        _folder.File("source/plain", "hello\n");
        _folder.File("source/empty");
        _folder.File("source/sub/big", new string('x', 100_000));
        RealTool.Output("ln", "-s", "../plain", $"{source}/sub/link");
        RealTool.Output("ln", $"{source}/plain", $"{source}/sub/twin");
        RealTool.Output("chmod", "4751", $"{source}/plain");
        RealTool.Output("touch", "-h", "-d", "2001-02-03 04:05:06", $"{source}/plain", $"{source}/sub/link");

        var seen = SeenLayer.Of(Tar(source, "--format", format, "--sort=name"), piece);

        seen.Paths.ShouldBe(["", "empty", "plain", "sub", "sub/big", "sub/link", "sub/twin"]);
        seen["plain"].Mode.ShouldBe(0x9E9);
        seen["plain"].ModTime.ShouldBe(new DateTimeOffset(2001, 2, 3, 4, 5, 6, TimeSpan.Zero));
        seen["plain"].Size.ShouldBe(6);
        seen.TextOf("plain").ShouldBe("hello\n");
        seen.TextOf("empty").ShouldBe("");
        seen.TextOf("sub/big").ShouldBe(new string('x', 100_000));
        seen["sub"].Type.ShouldBe(EntryType.Directory);
        (seen["sub/link"].Type, seen["sub/link"].LinkTarget).ShouldBe((EntryType.Symlink, "../plain"));
        (seen["sub/twin"].Type, seen["sub/twin"].LinkTarget).ShouldBe((EntryType.Hardlink, "plain"));
    }

    [Theory]
    [InlineData("oldgnu")]
    [InlineData("gnu")]
    [InlineData("posix")]
    public void Long_names_and_long_links_are_whole(string format)
    {
        var source = _folder.Folder("source");
        _folder.File($"source/{LongName}", "far down");
        RealTool.Output("ln", "-s", LongName, $"{source}/link");
        RealTool.Output("ln", $"{source}/{LongName}", $"{source}/twin");

        var seen = SeenLayer.Of(Tar(source, "--format", format, "--sort=name"), 513);

        seen.TextOf(LongName).ShouldBe("far down");
        seen["link"].LinkTarget.ShouldBe(LongName);
        seen["twin"].LinkTarget.ShouldBe(LongName);
    }

    [Fact]
    public void A_ustar_name_of_two_parts_is_joined()
    {
        var source = _folder.Folder("source");
        var name = string.Concat(Enumerable.Repeat("0123456789/", 14)) + "file";
        _folder.File($"source/{name}", "joined");
        SeenLayer.Of(Tar(source, "--format", "ustar")).TextOf(name).ShouldBe("joined");
    }

    public static TheoryData<string[], int> SparseForms()
    {
        var data = new TheoryData<string[], int>();
        foreach (var form in (string[][])[["--format=oldgnu"], ["--format=gnu"], ["--format=posix", "--sparse-version=0.0"],
                     ["--format=posix", "--sparse-version=0.1"], ["--format=posix", "--sparse-version=1.0"]])
            foreach (var piece in (int[])[1, 511, 513, 64 * 1024]) data.Add(form, piece);
        return data;
    }

    [Theory]
    [MemberData(nameof(SparseForms))]
    public void Sparse_files_come_with_their_real_size_and_content(string[] form, int piece)
    {
        var source = _folder.Folder("source");
        var path = _folder.File("source/holes");
        using (var file = File.OpenWrite(path))
        {
            // More pieces than the header holds, so that the old form needs extension blocks.
            for (var i = 0; i < 60; i++)
            {
                file.Position = i * 64 * 1024 + 4096;
                file.Write(Enumerable.Repeat((byte)('a' + i % 26), 4096 + i).ToArray());
            }
            file.SetLength(5_000_000);
        }
        _folder.File("source/z", "after");

        var seen = SeenLayer.Of(Tar(source, [.. form, "--sparse", "--sort=name"]), piece);

        seen["holes"].Size.ShouldBe(5_000_000);
        seen.ContentOf("holes").AsSpan().SequenceEqual(File.ReadAllBytes(path)).ShouldBeTrue();
        seen.TextOf("z").ShouldBe("after");
    }

    [Theory]
    [InlineData("--format=gnu")]
    [InlineData("--format=posix")]
    public void A_sparse_file_of_holes_only_is_all_zeros(string form)
    {
        var source = _folder.Folder("source");
        using (var file = File.Create(_folder.Below("source/void"))) file.SetLength(1_000_000);
        var seen = SeenLayer.Of(Tar(source, form, "--sparse"));
        seen.ContentOf("void").Length.ShouldBe(1_000_000);
        seen.ContentOf("void").ShouldAllBe(b => b == 0);
    }

    [Fact]
    public void Devices_and_fifos_are_read()
    {
        RealTool.RequireRoot("makes device nodes");
        var source = _folder.Folder("source");
        RealTool.Output("mknod", $"{source}/null", "c", "1", "3");
        RealTool.Output("mknod", $"{source}/disk", "b", "259", "70000");
        RealTool.Output("mkfifo", $"{source}/pipe");

        var seen = SeenLayer.Of(Tar(source, "--format=gnu"));

        (seen["null"].Type, seen["null"].DeviceMajor, seen["null"].DeviceMinor).ShouldBe((EntryType.CharacterDevice, 1, 3));
        (seen["disk"].Type, seen["disk"].DeviceMajor, seen["disk"].DeviceMinor).ShouldBe((EntryType.BlockDevice, 259, 70000));
        seen["pipe"].Type.ShouldBe(EntryType.Fifo);
    }

    [Fact]
    public void Extended_attributes_keep_their_bytes()
    {
        RealTool.Require("setfattr", "attr");
        RealTool.RequireRoot("sets security.capability");
        var source = _folder.Folder("source");
        var path = _folder.File("source/file", "x");
        // A capability with the byte 0x81, and a value with a newline: text would spoil both.
        RealTool.Output("setfattr", "-n", "security.capability", "-v", "0x0100000281000000000000000000000000000000", path);
        RealTool.Output("setfattr", "-n", "user.lines", "-v", "one\ntwo=\n", path);

        var seen = SeenLayer.Of(Tar(source, "--format=posix", "--xattrs", "--xattrs-include=*"), 7);

        var xattrs = seen["file"].Xattrs.ToDictionary();
        Convert.ToHexString(xattrs["security.capability"]).ShouldBe("0100000281000000000000000000000000000000");
        xattrs["user.lines"].ShouldBe("one\ntwo=\n"u8.ToArray());
    }

    [Theory]
    [InlineData("gnu")]
    [InlineData("posix")]
    public void A_name_that_is_no_utf8_survives(string format)
    {
        var source = _folder.Folder("source");
        RealTool.Output("/bin/sh", "-c", "printf x > \"$1/$(printf 'caf\\351')\"", "sh", source);
        var seen = SeenLayer.Of(Tar(source, "--format", format));
        PathText.Encode(seen.Entries[^1].Path).ShouldBe([.. "caf"u8, 0xE9]);
    }

    [Fact]
    public void A_time_before_1970_and_its_nanoseconds_are_exact()
    {
        var source = _folder.Folder("source");
        var path = _folder.File("source/old");
        RealTool.Output("touch", "-d", "1969-12-31 23:59:58.123456789", path);
        SeenLayer.Of(Tar(source, "--format=posix"))["old"].Modified.ShouldBe(new UnixTime(-2, 123456789));
        SeenLayer.Of(Tar(source, "--format=gnu"))["old"].Modified.Seconds.ShouldBe(-2);
    }

    private byte[] Tar(string source, params string[] options)
    {
        var archive = _folder.Below("archive.tar");
        RealTool.Output("tar", ["-C", source, "-cf", archive, .. options, "."]);
        return File.ReadAllBytes(archive);
    }
}
