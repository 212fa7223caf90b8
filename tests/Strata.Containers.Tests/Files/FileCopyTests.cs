using Strata.Containers.Files;
using Strata.Testing;

namespace Strata.Containers.Tests.Files;

/// <summary>The rules of docker cp, between two trees.</summary>
public sealed class FileCopyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public FileCopyTests() => RealTool.Output("sh", "-ec", """
        cd "$1"; mkdir -p host/dir/sub box/etc box/there/dir outside; echo file > host/file; echo in > host/dir/in; echo deep > host/dir/sub/deep; ln -s file host/link
        echo old > box/old; ln -s /etc box/way; ln -s "$1/outside" box/escape; ln -s /old box/tolink; echo secret > outside/secret; ln -s nowhere box/dangling
        """, "sh", _folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("file", "/new", "/new=file")]
    [InlineData("file", "/there", "/there/file=file")]
    [InlineData("file", "/there/", "/there/file=file")]
    [InlineData("file", "/old", "/old=file")]
    [InlineData("file", "/tolink", "/old=file")]
    [InlineData("file", "/way/new", "/etc/new=file")]
    [InlineData("file", "/dangling", "/nowhere=file")]
    [InlineData("dir", "/new", "/new/in=in")]
    [InlineData("dir/.", "/new", "/new/sub/deep=deep")]
    [InlineData("dir", "/way", "/etc/dir/sub/deep=deep")]
    [InlineData("dir/", "/way", "/etc/dir/sub/deep=deep")]
    [InlineData("dir/.", "/way", "/etc/sub/deep=deep")]
    [InlineData("dir", "/there", "/there/dir/in=in")]
    public async Task A_copy_lands_where_docker_puts_it(string from, string to, string expected)
    {
        await FileCopy.CopyAsync(Host(from), Box(to), new CopyOptions(), CancellationToken.None);
        var (path, content) = expected.Split('=') is [var p, var c] ? (p, c) : default;
        (await File.ReadAllTextAsync(_folder.Below("box" + path))).ShouldBe(content + "\n");
        Directory.GetFileSystemEntries(_folder.Below("outside")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("missing", "/new", "no such file or directory")]
    [InlineData("file/", "/new", "not a directory")]
    [InlineData("file", "/new/", "no such directory")]
    [InlineData("file", "/no/such", "Could not find the file /no/such in container box")]
    [InlineData("dir", "/old", "cannot copy directory")]
    [InlineData("file", "/old/", "not a directory")]
    [InlineData("file", "/escape/x", "Could not find the file /escape/x in container box")]
    public async Task What_cannot_be_is_refused_and_changes_nothing(string from, string to, string says)
    {
        var before = RealTool.Output("find", _folder.Path);
        (await Should.ThrowAsync<ContainerException>(() => FileCopy.CopyAsync(Host(from), Box(to), new CopyOptions(), CancellationToken.None))).Message.ShouldContain(says);
        RealTool.Output("find", _folder.Path).ShouldBe(before);
    }

    [Fact]
    public async Task A_folder_never_takes_the_place_of_a_file()
    {
        _folder.File("box/there/dir/sub", "a file");
        (await Should.ThrowAsync<ContainerException>(() => FileCopy.CopyAsync(Host("dir"), Box("/there"), new CopyOptions(), CancellationToken.None)))
            .Message.ShouldBe("cannot overwrite non-directory \"/there/dir/sub\" with directory");
    }

    [Fact]
    public async Task A_link_is_copied_unless_it_is_to_be_followed()
    {
        await FileCopy.CopyAsync(Host("link"), Box("/one"), new CopyOptions(), CancellationToken.None);
        new FileInfo(_folder.Below("box/one")).LinkTarget.ShouldBe("file");
        await FileCopy.CopyAsync(Host("link"), Box("/two"), new CopyOptions { FollowLink = true }, CancellationToken.None);
        (await File.ReadAllTextAsync(_folder.Below("box/two"))).ShouldBe("file\n");
    }

    [Fact]
    public async Task A_link_of_the_container_brings_nothing_from_outside()
    {
        await Should.ThrowAsync<ContainerException>(() => FileCopy.CopyAsync(Box("/escape/secret"), Host("stolen"), new CopyOptions(), CancellationToken.None));
        await Should.ThrowAsync<ContainerException>(() => FileCopy.CopyAsync(Box("/escape"), Host("stolen"), new CopyOptions { FollowLink = true }, CancellationToken.None));
        await Should.ThrowAsync<ContainerException>(() => FileCopy.CopyAsync(Box("/../../outside/secret"), Host("stolen"), new CopyOptions(), CancellationToken.None));
        File.Exists(_folder.Below("host/stolen")).ShouldBeFalse();
    }

    [Fact]
    public async Task Owners_stay_only_when_that_is_asked_for()
    {
        RealTool.RequireRoot("sets owners");
        RealTool.Output("chown", "12:34", _folder.Below("host/file"));
        await FileCopy.CopyAsync(Host("file"), Box("/new"), new CopyOptions(), CancellationToken.None);
        await FileCopy.CopyAsync(Host("file"), Box("/kept"), new CopyOptions { KeepOwners = true }, CancellationToken.None);
        RealTool.Output("stat", "-c", "%u:%g", _folder.Below("box/new"), _folder.Below("box/kept")).ShouldBe("0:0\n12:34\n");
    }

    [Fact]
    public async Task A_tar_goes_out_and_comes_in_as_tar_knows_it()
    {
        using var tar = new MemoryStream();
        FileCopy.WriteTar(Box("/there"), tar, new CopyOptions(), CancellationToken.None);
        await File.WriteAllBytesAsync(_folder.Below("out.tar"), tar.ToArray());
        RealTool.Output("tar", "-tf", _folder.Below("out.tar")).ShouldBe("there/\nthere/dir/\n");
        RealTool.Output("tar", "-C", _folder.Below("host"), "-czf", _folder.Below("in.tgz"), "dir");
        await using var input = File.OpenRead(_folder.Below("in.tgz"));
        await FileCopy.ExtractTarAsync(input, Box("/way"), CancellationToken.None);
        (await File.ReadAllTextAsync(_folder.Below("box/etc/dir/sub/deep"))).ShouldBe("deep\n");
        input.Position = 0;
        (await Should.ThrowAsync<ContainerException>(() => FileCopy.ExtractTarAsync(input, Box("/old"), CancellationToken.None))).Message.ShouldBe("extraction point is not a directory: /old");
    }

    private CopyEnd Host(string path) => new("/", $"{_folder.Path}/host/{path}");

    private CopyEnd Box(string path) => new(_folder.Below("box"), path, "box");
}
