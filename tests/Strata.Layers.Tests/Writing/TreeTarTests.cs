using Strata.Testing;

namespace Strata.Layers.Tests.Writing;

public sealed class TreeTarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tree_goes_through_a_tar_and_is_the_same()
    {
        _folder.File("from/bin/tool", "#!");
        RealTool.Output("sh", "-ec", "cd \"$1\"; chmod 4711 bin/tool; ln bin/tool twin; ln -s /nowhere link; mkfifo pipe; mkdir -m 1777 tmp; touch -h -d 2001-02-03 link bin/tool bin tmp pipe .", "sh", _folder.Below("from"));
        using var tar = new MemoryStream();
        TreeTar.WriteFolder(tar, _folder.Below("from"), new FolderLayerOptions { WithRoot = true }, CancellationToken.None);
        tar.Position = 0;
        await TreeTar.ExtractAsync(tar, _folder.Folder("to"), e => e, UnpackOptions.Default, CancellationToken.None);
        Listing("to").ShouldBe(Listing("from"));
    }

    [Fact]
    public async Task One_file_is_written_under_another_name()
    {
        _folder.File("from/file", "content");
        using var tar = new MemoryStream();
        TreeTar.WriteOne(tar, _folder.Below("from"), "file", new FolderLayerOptions { Below = "a/b" }, CancellationToken.None);
        tar.Position = 0;
        await TreeTar.ExtractAsync(tar, _folder.Folder("to"), e => e with { Path = $"deep/{e.Path}" }, UnpackOptions.Default, CancellationToken.None);
        (await File.ReadAllTextAsync(_folder.Below("to/deep/a/b"))).ShouldBe("content");
    }

    [Theory]
    [InlineData("mkdir there", "echo x > there", "cannot overwrite directory \"/there\" with non-directory")]
    [InlineData("echo x > there", "mkdir there", "cannot overwrite non-directory \"/there\" with directory")]
    public async Task A_file_takes_no_folders_place_where_that_is_not_wanted(string before, string comes, string says)
    {
        RealTool.Output("sh", "-ec", "cd \"$1\"; " + before, "sh", _folder.Folder("to"));
        RealTool.Output("sh", "-ec", "cd \"$1\"; " + comes, "sh", _folder.Folder("from"));
        using var tar = new MemoryStream();
        TreeTar.WriteFolder(tar, _folder.Below("from"), new FolderLayerOptions(), CancellationToken.None);
        tar.Position = 0;
        var refused = await Should.ThrowAsync<LayerException>(() =>
            TreeTar.ExtractAsync(tar, _folder.Below("to"), e => e, new UnpackOptions { ReplacesKinds = false }, CancellationToken.None));
        refused.Message.ShouldBe(says);
    }

    [Fact]
    public async Task A_link_of_the_tree_leads_nowhere_but_within_it()
    {
        var outside = _folder.Folder("outside");
        RealTool.Output("ln", "-s", outside, $"{_folder.Folder("to")}/way");
        _folder.File("from/way/file", "x");
        using var tar = new MemoryStream();
        TreeTar.WriteOne(tar, _folder.Below("from/way"), "file", new FolderLayerOptions { Below = "way/file" }, CancellationToken.None);
        tar.Position = 0;
        await Should.ThrowAsync<LayerException>(() => TreeTar.ExtractAsync(tar, _folder.Below("to"), e => e, UnpackOptions.Default, CancellationToken.None));
        Directory.GetFileSystemEntries(outside).ShouldBeEmpty();
    }

    private string Listing(string name) => RealTool.Output("sh", "-c",
        "cd \"$1\" && find . -printf '%p %y %m %U %G %n %l %T@\\n' | sed 's/\\.[0-9]*$//' | sort", "sh", _folder.Below(name));
}
