using System.Net;
using Strata.Testing;

namespace Strata.Build.Tests.Steps;

public sealed class AddTests : BuildFixture
{
    private void Archive(string name, params string[] options)
    {
        var tree = Folder.Folder("tree/d/sub");
        File.WriteAllText(Path.Combine(tree, "file"), "f");
        File.CreateSymbolicLink(Path.Combine(tree, "link"), "file");
        RealTool.Output("tar", ["-C", Folder.Below("tree"), "--owner=3", "--group=4", "--mtime=@1600000000", "-cf", Path.Combine(Context, name), .. options, "d"]);
    }

    [Theory]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz", "-z")]
    [InlineData("a.tar.xz", "-J")]
    [InlineData("a.tar.bz2", "-j")]
    [InlineData("a.tar.zst", "--zstd")]
    public async Task Archives_of_the_context_are_unpacked(string name, params string[] options)
    {
        Archive(name, options);
        await BuildAsync($"FROM scratch\nADD {name} /x");
        (await TreeAsync()).ShouldBe("x d755 0:0\nx/d d755 3:4\nx/d/sub d755 3:4\nx/d/sub/file f644 3:4 f\nx/d/sub/link l777 3:4 -> file");
    }

    [Fact]
    public async Task Flags_of_an_archive()
    {
        Archive("a.tar");
        await BuildAsync("FROM scratch\nADD --chown=8:9 a.tar /\nADD --unpack=false a.tar /packed\nCOPY a.tar /copied/");
        var tree = await TreeAsync();
        tree.ShouldContain("d/sub/file f644 8:9 f");
        tree.ShouldContain("packed f644 0:0");
        tree.ShouldContain("copied/a.tar f644 0:0");
    }

    [Fact]
    public async Task What_only_begins_like_an_archive_is_copied()
    {
        File.WriteAllBytes(Path.Combine(Context, "fake.gz"), [0x1f, 0x8b, 8, 0, 1, 2, 3]);
        Put("text.tar", "no tar");
        await BuildAsync("FROM scratch\nADD fake.gz text.tar /x/");
        (await TreeAsync()).ShouldContain("x/text.tar f644 0:0 no tar");
    }

    [Fact]
    public async Task A_file_is_fetched_and_held_to_its_checksum()
    {
        using var server = new HttpListener();
        var port = Random.Shared.Next(20000, 30000);
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var serving = Task.Run(async () =>
        {
            for (var i = 0; i < 4; i++)
            {
                var request = await server.GetContextAsync();
                request.Response.StatusCode = request.Request.Url!.AbsolutePath.Contains("missing", StringComparison.Ordinal) ? 404 : 200;
                request.Response.Headers["Last-Modified"] = "Tue, 01 Jan 2019 00:00:00 GMT";
                await request.Response.OutputStream.WriteAsync("remote"u8.ToArray());
                request.Response.Close();
            }
        });
        var digest = Oci.Digest.Of("remote"u8);
        await BuildAsync($"FROM scratch\nADD http://127.0.0.1:{port}/dir/file.tar?x=1 /\nADD --checksum={digest} --chmod=644 http://127.0.0.1:{port}/y /z");
        (await TreeAsync()).ShouldBe("file.tar f600 0:0 remote\nz f644 0:0 remote");
        Images.Inspect("built:1").Config.Created.ShouldBe(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (await FaultAsync($"FROM scratch\nADD --checksum=sha256:{new string('0', 64)} http://127.0.0.1:{port}/y /")).ShouldContain($"digest mismatch {digest}");
        (await FaultAsync($"FROM scratch\nADD http://127.0.0.1:{port}/missing /")).ShouldContain("404");
        await serving;
    }

    [Fact]
    public async Task A_repository_is_checked_out()
    {
        RealTool.Require("git", "git");
        var repository = Folder.Folder("repo.git");
        File.WriteAllText(Path.Combine(repository, "file"), "in git");
        foreach (var command in (string[][])[["init", "-q", "-b", "main"], ["add", "."], ["-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "x"]]) RealTool.Output("git", ["-C", repository, .. command]);
        await BuildAsync($"FROM scratch\nADD file://{repository}#main /x\nADD --keep-git-dir file://{repository} /y");
        var tree = await TreeAsync();
        tree.ShouldContain("x/file f644 0:0 in git");
        tree.ShouldNotContain("x/.git");
        tree.ShouldContain("y/.git/HEAD");
    }
}
