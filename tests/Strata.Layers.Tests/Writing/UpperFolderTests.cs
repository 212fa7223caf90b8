using Strata.Content;
using Strata.Testing;

namespace Strata.Layers.Tests.Writing;

/// <summary>
/// What a container changed, written as a layer from the upper folder of a real overlay: umoci, unpacking the image, sees what was mounted.
/// </summary>
public sealed class UpperFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ContentStore _store;

    public UpperFolderTests() => _store = ContentStore.Open(_folder.Below("store"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Umoci_unpacks_what_the_container_saw()
    {
        RealTool.RequireRoot("mounts an overlay");
        RealTool.Require("umoci", "umoci");
        RealTool.Require("setfattr", "attr");
        Change("""
            mkdir -p bin etc/app var/cache/deep opt; echo one > bin/one; echo two > bin/two; echo conf > etc/app/conf; echo old > var/cache/deep/old
            ln bin/one bin/uno; ln -s one bin/link; echo replaced > opt/kind; echo plain > opt/plain; mkdir opt/folder; echo in > opt/folder/in
            """, """
            rm bin/two; echo more >> opt/plain; rm -r var/cache; mkdir -p var/cache; echo fresh > var/cache/fresh
            rm opt/kind; mkdir opt/kind; echo in > opt/kind/in; rm -r opt/folder; echo file > opt/folder
            echo tool > bin/tool; chown 12:34 bin/tool; chmod 6755 bin/tool; ln bin/tool bin/twin; mkfifo pipe; mknod null c 1 3
            setfattr -n security.capability -v 0x0100000281000000000000000000000000000000 bin/tool; setfattr -n user.k -v v etc/app/conf
            truncate -s 3M holes; printf end >> holes; chmod 700 etc/app; mkdir -m 1777 tmp; touch -d 2001-02-03 etc/app/conf
            """);
        var image = Reference();
        RealTool.Output("umoci", "init", "--layout", image);
        RealTool.Output("umoci", "new", "--image", $"{image}:all");
        AddLayer(image, Write(_folder.Below("lower"), new FolderLayerOptions { WithRoot = true }));
        AddLayer(image, Write(_folder.Below("upper"), new FolderLayerOptions { IsOverlay = true }));
        RealTool.Output("umoci", "unpack", "--image", $"{image}:all", _folder.Below("bundle"));
        Listing(_folder.Below("bundle/rootfs")).ShouldBe(await File.ReadAllTextAsync(_folder.Below("seen")));
    }

    [Fact]
    public void The_same_changes_made_at_another_time_give_the_same_layer()
    {
        RealTool.RequireRoot("mounts an overlay");
        const string Before = "echo a > a; mkdir d; echo b > d/b";
        const string Changes = "rm a; echo c > d/c; rm d/b; touch -d 2001-01-01 d/c";
        Change(Before, Changes);
        var options = new FolderLayerOptions { IsOverlay = true, NoLaterThan = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var first = LayerWriter.FromFolder(_store, _folder.Below("upper"), options, CancellationToken.None);
        RealTool.Output("rm", "-r", _folder.Below("upper"), _folder.Below("lower"));
        Change(Before, Changes);
        LayerWriter.FromFolder(_store, _folder.Below("upper"), options, CancellationToken.None).ShouldBe(first);
    }

    [Fact]
    public void A_folder_whose_content_lies_in_a_lower_one_is_refused()
    {
        RealTool.RequireRoot("mounts an overlay");
        Change("mkdir -p d; echo x > d/x", "mv d e", "redirect_dir=on,");
        Should.Throw<IOException>(() => LayerWriter.FromFolder(_store, _folder.Below("upper"), new FolderLayerOptions { IsOverlay = true }, CancellationToken.None))
            .Message.ShouldContain("redirect_dir=off");
    }

    /// <summary>In a mount namespace of its own: whatever happens, no mount is left. What was seen in the end is listed in the file "seen".</summary>
    private void Change(string before, string changes, string options = "")
    {
        foreach (var name in new[] { "lower", "upper", "work", "merged" }) _folder.Folder(name);
        RealTool.Output("sh", "-ec", before.Insert(0, "cd \"$1\"\n"), "sh", _folder.Below("lower"));
        RealTool.Output("unshare", "--mount", "--propagation", "private", "sh", "-ec", $"""
            cd "$1"
            mount -t overlay overlay -o "{options}lowerdir=lower,upperdir=upper,workdir=work" merged
            cd merged
            {changes}
            ({Lines}) > ../seen
            """, "sh", _folder.Path);
        RealTool.Output("rm", "-r", _folder.Below("work"));
    }

    /// <summary>Layers keep whole seconds.</summary>
    private const string Lines = """
        find . -mindepth 1 -type d -printf '%p %y %m %U %G\n' -o -mindepth 1 -printf '%p %y %m %U %G %n %l %s %T@\n' | sed 's/\.[0-9]*$//' | sort
        find . -type f -exec sha256sum {} + | sort; getfattr -R -d -h -m '^(user|security)' -e hex . | { grep -v '^$' || true; }
        """;

    private static string Listing(string folder) => RealTool.Output("sh", "-c", $"cd \"$1\" && {Lines}", "sh", folder);

    private string Reference() => _folder.Below("layout");

    private static void AddLayer(string image, string tar) => RealTool.Output("umoci", "raw", "add-layer", "--image", $"{image}:all", tar);

    private string Write(string source, FolderLayerOptions options)
    {
        var layer = LayerWriter.FromFolder(_store, source, options, CancellationToken.None);
        var tar = _folder.Below($"{Path.GetFileName(source)}.tar");
        RealTool.Output("/bin/sh", "-c", "gzip -dc < \"$1\" > \"$2\"", "sh", _store.BlobPath(layer.Descriptor.Digest), tar);
        return tar;
    }
}
