using Strata.Testing;

namespace Strata.Hub.Tests;

/// <summary>podman and buildah over one storage of their own, in a folder that goes with it.</summary>
public sealed class ContainerTools : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public async Task<string> RunAsync(string tool, params string[] arguments)
    {
        RealTool.Require(tool, tool);
        RealTool.RequireRoot($"{tool} unpacks layers with their owners");
        return await RealTool.RunAsync(
            tool, ["--root", _folder.Below("storage"), "--runroot", _folder.Below("run"), "--storage-driver", "vfs", .. arguments]);
    }

    /// <summary>A file that nothing else has.</summary>
    public string NewFile() => _folder.File("content-" + Guid.NewGuid(), Guid.NewGuid().ToString());

    /// <summary>An archive of such a file, as a root file system to import.</summary>
    public async Task<string> NewTarAsync()
    {
        var tar = _folder.Below(Guid.NewGuid() + ".tar");
        await RealTool.RunAsync("tar", "-cf", tar, "-C", _folder.Path, Path.GetFileName(NewFile()));
        return tar;
    }

    public void Dispose() => _folder.Dispose();
}
