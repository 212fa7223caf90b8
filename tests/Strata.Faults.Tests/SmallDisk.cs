using Strata.Testing;

namespace Strata.Faults.Tests;

/// <summary>A file system in memory of a size of its own, mounted for one test.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="size">As mount takes it: <c>8m</c>.</param>
    public SmallDisk(string size)
    {
        RealTool.RequireRoot("a disk is mounted");
        Path = _folder.Folder("disk");
        var (code, _, error) = RealTool.Run("mount", "-t", "tmpfs", "-o", $"size={size},mode=0755", "tmpfs", Path);
        if (code == 0) return;
        _folder.Dispose();
        Assert.Skip($"no file system can be mounted here: {error.Trim()}");
    }

    public string Path { get; }

    /// <param name="options">As mount takes them: <c>ro</c>, <c>size=64m</c>.</param>
    public void Remount(string options) => RealTool.Output("mount", "-o", "remount," + options, Path);

    public void Dispose()
    {
        RealTool.Output("umount", Path);
        _folder.Dispose();
    }
}
