using Strata.Testing;

namespace Strata.Build.Tests;

/// <summary>The same Dockerfiles by buildah: the trees are equal in names, types, modes, owners, links and content.</summary>
public sealed class BuildahTests : BuildFixture
{
    public BuildahTests()
    {
        Put("a.txt", "a");
        Put("b.txt", "b", 0x1ED);
        Put("dir/one.c", "1");
        Put("dir/sub/two.c", "2");
        File.CreateSymbolicLink(Path.Combine(Context, "dir/inner"), "one.c");
    }

    /// <summary>
    /// Left out where the two mean different things: buildah refuses wildcards that match nothing, gives the target of COPY --chown to root, and makes
    /// no folder for WORKDIR before something needs it.
    /// </summary>
    [Theory]
    [InlineData("COPY a.txt /")]
    [InlineData("COPY a.txt b.txt /x/")]
    [InlineData("COPY dir /x")]
    [InlineData("COPY dir/ /x/y")]
    [InlineData("COPY *.txt dir/*/*.c /x/")]
    [InlineData("COPY --chmod=640 a.txt /x")]
    [InlineData("COPY --chown=1:2 a.txt b.txt /")]
    [InlineData("COPY a.txt /x\nCOPY b.txt /x")]
    [InlineData("COPY dir /x\nCOPY a.txt /x/sub/two.c")]
    [InlineData("ADD a.tar /")]
    [InlineData("ADD a.tar /x/")]
    [InlineData("COPY dir /x\nFROM scratch\nCOPY --from=0 /x/sub /y")]
    public async Task Trees_are_equal(string instructions)
    {
        RealTool.Require("buildah", "buildah");
        RealTool.RequireRoot("buildah mounts what it builds");
        RealTool.Output("tar", "-C", Path.Combine(Context, "dir"), "--owner=3", "--group=4", "-cf", Path.Combine(Context, "a.tar"), ".");
        var dockerfile = Folder.File("Dockerfile.test", $"FROM scratch\n{instructions}\n");
        var image = await BuildAsync("", o => o with { Dockerfile = dockerfile });
        var ours = Folder.Folder("ours");
        await Builder.ExportFolderAsync(image, ours, split: null, CancellationToken.None);
        var layout = Folder.Below("layout");
        string[] store = ["--root", Folder.Below("b"), "--runroot", Folder.Below("r"), "--storage-driver", "vfs"];
        RealTool.Output("buildah", [.. store, "bud", "-q", "-t", "theirs", "-f", dockerfile, Context]);
        RealTool.Output("buildah", [.. store, "push", "-q", "theirs", $"oci:{layout}:theirs"]);
        var theirs = Folder.Folder("theirs");
        RealTool.Output("umoci", "unpack", "--image", $"{layout}:theirs", theirs);
        Listing(ours).ShouldBe(Listing(Path.Combine(theirs, "rootfs")));
    }

    private static string Listing(string folder) => RealTool.Output("find", folder, "-mindepth", "1", "-printf", "%P %y %m %U:%G %s %l\n") is var lines
        ? string.Join('\n', lines.Split('\n').Select(l => l.Contains(" d ", StringComparison.Ordinal) ? string.Join(' ', l.Split(' ').Where((_, i) => i != 4)) : l).Order(StringComparer.Ordinal)) : "";
}
