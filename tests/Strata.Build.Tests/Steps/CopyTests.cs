using Strata.Testing;

namespace Strata.Build.Tests.Steps;

public sealed class CopyTests : BuildFixture
{
    public CopyTests()
    {
        Put("a.txt", "a");
        Put("b.txt", "b", 0x1ED);
        Put("dir/one.c", "1");
        Put("dir/sub/two.c", "2");
        Put("dir/sub/two.o", "o");
        Directory.CreateDirectory(Path.Combine(Context, "private"), (UnixFileMode)0x1C0);
        Directory.CreateDirectory(Path.Combine(Context, "private/in"), (UnixFileMode)0x1E8);
        File.CreateSymbolicLink(Path.Combine(Context, "link"), "dir/one.c");
        File.CreateSymbolicLink(Path.Combine(Context, "dir/inner"), "one.c");
        File.CreateSymbolicLink(Path.Combine(Context, "folder"), "dir");
    }

    [Theory]
    [InlineData("COPY a.txt /", "a.txt f644 0:0 a")]
    [InlineData("COPY a.txt /x", "x f644 0:0 a")]
    [InlineData("COPY a.txt /x/", "x d755 0:0\nx/a.txt f644 0:0 a")]
    [InlineData("COPY a.txt x/y", "x d755 0:0\nx/y f644 0:0 a")]
    [InlineData("COPY a.txt b.txt /x/", "x d755 0:0\nx/a.txt f644 0:0 a\nx/b.txt f755 0:0 b")]
    [InlineData("COPY [\"a.txt\", \"/x y\"]", "x y f644 0:0 a")]
    [InlineData("COPY *.txt /x/", "x d755 0:0\nx/a.txt f644 0:0 a\nx/b.txt f755 0:0 b")]
    [InlineData("COPY d*/*.c /", "one.c f644 0:0 1")]
    [InlineData("COPY nothing* /", "")]
    [InlineData("COPY dir /x", "x d755 0:0\nx/inner l777 0:0 -> one.c\nx/one.c f644 0:0 1\nx/sub d755 0:0\nx/sub/two.c f644 0:0 2\nx/sub/two.o f644 0:0 o")]
    [InlineData("COPY dir/ /", "inner l777 0:0 -> one.c\none.c f644 0:0 1\nsub d755 0:0\nsub/two.c f644 0:0 2\nsub/two.o f644 0:0 o")]
    [InlineData("COPY link /", "link f644 0:0 1")]
    [InlineData("COPY folder /x", "x d755 0:0\nx/inner l777 0:0 -> one.c\nx/one.c f644 0:0 1\nx/sub d755 0:0\nx/sub/two.c f644 0:0 2\nx/sub/two.o f644 0:0 o")]
    [InlineData("COPY folder/one.c /", "one.c f644 0:0 1")]
    [InlineData("COPY ../a.txt /", "a.txt f644 0:0 a")]
    [InlineData("COPY --chown=1:2 a.txt /x/", "x d755 1:2\nx/a.txt f644 1:2 a")]
    [InlineData("COPY --chown=7 a.txt /", "a.txt f644 7:7 a")]
    [InlineData("COPY --chmod=600 dir/sub /x", "x d600 0:0\nx/two.c f600 0:0 2\nx/two.o f600 0:0 o")]
    [InlineData("COPY --chmod=go-r,u+x a.txt /", "a.txt f700 0:0 a")]
    [InlineData("COPY --chmod=u=rwX,go=rX dir/sub /x", "x d755 0:0\nx/two.c f644 0:0 2\nx/two.o f644 0:0 o")]
    [InlineData("COPY --exclude=*.o dir/sub /", "two.c f644 0:0 2")]
    [InlineData("COPY --exclude=**/*.o --exclude=inner dir /", "one.c f644 0:0 1\nsub d755 0:0\nsub/two.c f644 0:0 2")]
    [InlineData("COPY --exclude=b* *.txt /", "a.txt f644 0:0 a")]
    [InlineData("COPY --chmod=750 a.txt /p/q/a", "p d750 0:0\np/q d750 0:0\np/q/a f750 0:0 a")]
    [InlineData("COPY private /x", "x d755 0:0\nx/in d750 0:0")]
    [InlineData("COPY private/ /x/", "x d755 0:0\nx/in d750 0:0")]
    [InlineData("COPY --chown=1:2 private /x", "x d755 1:2\nx/in d750 1:2")]
    [InlineData("COPY --parents dir/sub/two.c /x", "x d755 0:0\nx/dir d755 0:0\nx/dir/sub d755 0:0\nx/dir/sub/two.c f644 0:0 2")]
    [InlineData("COPY --parents dir/./sub/*.c /", "sub d755 0:0\nsub/two.c f644 0:0 2")]
    [InlineData("COPY --parents **/*.o /", "dir d755 0:0\ndir/sub d755 0:0\ndir/sub/two.o f644 0:0 o")]
    [InlineData("COPY --link a.txt /x/", "x d755 0:0\nx/a.txt f644 0:0 a")]
    [InlineData("COPY <<EOF /f\nhi $V\nEOF", "f f644 0:0 hi v\\n")]
    [InlineData("COPY <<'EOF' /f\nhi $V\nEOF", "f f644 0:0 hi $V\\n")]
    [InlineData("COPY <<a <<b /x/\n1\na\n\"2\"\nb", "x d755 0:0\nx/a f644 0:0 1\\n\nx/b f644 0:0 \"2\"\\n")]
    [InlineData("ADD a.txt /", "a.txt f644 0:0 a")]
    [InlineData("COPY a.txt /x\nCOPY b.txt /x", "x f755 0:0 b")]
    [InlineData("COPY a.txt /x/y\nCOPY dir/sub /x", "x d755 0:0\nx/two.c f644 0:0 2\nx/two.o f644 0:0 o\nx/y f644 0:0 a")]
    [InlineData("WORKDIR /w\nCOPY a.txt .", "w d755 0:0\nw/a.txt f644 0:0 a")]
    [InlineData("WORKDIR /w\nWORKDIR v\nCOPY a.txt ../", "w d755 0:0\nw/a.txt f644 0:0 a\nw/v d755 0:0")]
    public async Task Files_come_to_where_they_belong(string instructions, string expected)
    {
        await BuildAsync($"FROM scratch\nENV V=v\n{instructions}");
        (await TreeAsync()).ShouldBe(expected);
    }

    [Theory]
    [InlineData("COPY missing /", "Dockerfile:2: \"/missing\": not found")]
    [InlineData("COPY a.tx /", "did you mean a.txt?")]
    [InlineData("COPY dir/three.c /", "in /dir are: inner, one.c, sub")]
    [InlineData("COPY a.txt /x\nCOPY dir /x", "cannot copy to non-directory: /x")]
    [InlineData("COPY a.txt /x/y\nCOPY dir/sub/two.c /z/\nCOPY dir /q\nCOPY a.txt /q/sub", "")]
    [InlineData("COPY a.txt /x\nCOPY b.txt /x/y", "/x is a file")]
    [InlineData("COPY --chown=nobody a.txt /", "unable to find user nobody: no matching entries in /etc/passwd")]
    [InlineData("COPY --chmod=888 a.txt /", "invalid chmod parameter: '888'. it should be octal string and between 0 and 07777")]
    [InlineData("COPY --chmod=64a a.txt /", "invalid chmod parameter: '64a'. it should be octal string and between 0 and 07777")]
    [InlineData("COPY http://127.0.0.1:1/x /", "source can't be a URL for COPY")]
    [InlineData("COPY https://127.0.0.1/x.git /", "source can't be a git ref for COPY")]
    [InlineData("COPY --from=$V a /", "variable expansion is not supported for --from")]
    [InlineData("COPY --from=7 a /", "invalid stage index 7")]
    [InlineData("ADD --checksum=sha256:0 a.txt /", "checksum requires HTTP(S) or Git sources")]
    [InlineData("COPY ${V:- /", "missing '}'")]
    public async Task What_cannot_be_copied_is_said(string instructions, string expected)
    {
        if (expected.Length == 0) await BuildAsync($"FROM scratch\n{instructions}");
        else (await FaultAsync($"FROM scratch\n{instructions}")).ShouldContain(expected);
    }

    [Fact]
    public async Task Names_are_looked_up_in_the_image()
    {
        await BuildAsync("""
            FROM scratch AS base
            COPY <<EOF /etc/passwd
            root:x:0:0::/:
            app:x:1000:2000::/:
            EOF
            COPY <<EOF /etc/group
            team:x:77:
            EOF
            FROM base
            COPY --chown=app a.txt /1
            COPY --chown=app:team a.txt /2
            COPY --chown=:team a.txt /3
            COPY --chown=9:team a.txt /4
            USER app
            WORKDIR /home/app
            """);
        var tree = await TreeAsync();
        foreach (var line in (string[])["1 f644 1000:2000", "2 f644 1000:77", "3 f644 0:77", "4 f644 9:77", "home d755 1000:2000", "home/app d755 1000:2000"]) tree.ShouldContain(line);
    }

    [Fact]
    public async Task Links_of_the_image_lead_within_the_image()
    {
        Directory.CreateDirectory(Path.Combine(Context, "root/real"));
        File.CreateSymbolicLink(Path.Combine(Context, "root/abs"), "/real");
        File.CreateSymbolicLink(Path.Combine(Context, "root/out"), "../../../etc");
        File.CreateSymbolicLink(Path.Combine(Context, "root/ring"), "ring");
        await BuildAsync("FROM scratch\nCOPY root /\nCOPY a.txt /abs/\nCOPY a.txt /out/");
        (await TreeAsync()).ShouldBe("abs l777 0:0 -> /real\netc d755 0:0\netc/a.txt f644 0:0 a\nout l777 0:0 -> ../../../etc\nreal d755 0:0\nreal/a.txt f644 0:0 a\nring l777 0:0 -> ring");
        (await FaultAsync("FROM scratch\nCOPY root /\nCOPY a.txt /ring/")).ShouldContain("too many links");
    }

    [Fact]
    public async Task Stages_give_files_with_owner_mode_and_hard_links()
    {
        Folder.File("context/hard/x", "content");
        RealTool.Output("ln", Path.Combine(Context, "hard/x"), Path.Combine(Context, "hard/y"));
        await BuildAsync("""
            FROM scratch AS first
            COPY --chown=5:6 --chmod=640 a.txt /f/
            COPY hard /h
            FROM scratch
            COPY --from=first / /
            COPY --from=0 /f/a.txt /again
            """);
        (await TreeAsync()).ShouldBe("again f640 5:6 a\nf d640 5:6\nf/a.txt f640 5:6 a\nh d755 0:0\nh/x f644 0:0 content\nh/y f644 0:0 content");
        var files = await Images.FilesAsync("built:1", CancellationToken.None);
        files.Tree.Find("h/y")!.Entry.Type.ShouldBe(Layers.EntryType.Hardlink);
    }

    [Fact]
    public async Task Folders_on_the_way_keep_owner_and_mode_of_the_layers_below()
    {
        await BuildAsync("FROM scratch\nCOPY --chown=3:4 --chmod=711 dir/sub /x/y\nCOPY a.txt /x/y/");
        var image = Images.Inspect("built:1");
        var upper = Images.IndexOf(image.Layers[1].DiffId)!;
        upper.Entries.Select(e => $"{e.Path} {Convert.ToString(e.Mode, 8)} {e.Uid}:{e.Gid}").ShouldBe(["x 711 3:4", "x/y 711 3:4", "x/y/a.txt 644 0:0"]);
    }

    [Fact]
    public async Task Sockets_are_left_out_and_links_that_lead_nowhere_are_kept()
    {
        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        Directory.CreateDirectory(Path.Combine(Context, "odd"));
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(Context, "odd/s")));
        File.CreateSymbolicLink(Path.Combine(Context, "odd/nowhere"), "/not/there");
        await BuildAsync("FROM scratch\nCOPY odd /");
        (await TreeAsync()).ShouldBe("nowhere l777 0:0 -> /not/there");
    }

    [Fact]
    public async Task What_is_ignored_is_not_there()
    {
        Put(".dockerignore", "dir\n!dir/sub/*.c\n*.txt\n");
        await BuildAsync("FROM scratch\nCOPY . /");
        (await TreeAsync()).ShouldBe(".dockerignore f644 0:0 dir\\n!dir/sub/*.c\\n*.txt\\n\ndir d755 0:0\ndir/sub d755 0:0\ndir/sub/two.c f644 0:0 2\nfolder l777 0:0 -> dir\nlink l777 0:0 -> dir/one.c\nprivate d700 0:0\nprivate/in d750 0:0");
        (await FaultAsync("FROM scratch\nCOPY a.txt /")).ShouldContain(".dockerignore leaves it out");
    }

    [Fact]
    public async Task Patterns_beside_the_Dockerfile_come_first()
    {
        Put(".dockerignore", "*");
        Put("docker/Special", "FROM scratch\nCOPY *.txt /");
        Put("docker/Special.dockerignore", "b.txt");
        await BuildAsync("", o => o with { Dockerfile = "docker/Special" });
        (await TreeAsync()).ShouldBe("a.txt f644 0:0 a");
        var files = await Builder.ExplainContextAsync(new BuildOptions { Context = Context, Dockerfile = "docker/Special" }, CancellationToken.None);
        files.Single(f => f.Path == "b.txt").ShouldBe(new ContextFile("b.txt", false, "b.txt", "Special.dockerignore", 1));
        files.Single(f => f.Path == "a.txt").IsKept.ShouldBeTrue();
    }
}
