using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>A minimal Debian, made by mmdebstrap from this machine's mirrors.</summary>
internal sealed class DebianRecipe(ImageAssembly assembly, string workParent)
{
    private const string Suite = "bookworm";

    /// <summary>Merged from the start: else apt brings a package that merges afterwards, and all of perl with it.</summary>
    private static readonly string[] MergedUsr = ["--include=usr-is-merged", "--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr"];

    public string WorkParent => workParent;

    public async Task<Descriptor> ComposeAsync(CancellationToken cancellationToken)
    {
        using var work = new WorkFolder(workParent);
        var root = work.Below("root");
        string[] arguments = ["--variant=minbase", "--quiet", .. MergedUsr, Suite, root];
        if (!Tool.IsInstalled("mmdebstrap")) throw new ImageException("mmdebstrap is not installed", "install it: apt-get install mmdebstrap");
        // It mounts /proc and /sys of this machine below the folder. In a mount namespace of its own they are gone when it is killed, before
        // anybody removes the folder.
        if (Environment.IsPrivilegedProcess) await Tool.RunAsync("unshare", ["--mount", "--propagation", "private", "mmdebstrap", .. arguments], "util-linux", cancellationToken).ConfigureAwait(false);
        else await Tool.RunAsync("mmdebstrap", arguments, "mmdebstrap", cancellationToken).ConfigureAwait(false);
        var layer = LayerWriter.FromFolder(assembly.Store, root,
            new FolderLayerOptions { WithRoot = true, NoLaterThan = assembly.Now, Without = ["etc/resolv.conf", "etc/hostname"] }, cancellationToken);
        var version = (await File.ReadAllTextAsync(Path.Combine(root, "etc/debian_version"), cancellationToken).ConfigureAwait(false)).Trim();
        return await assembly.AssembleAsync(parent: null,
        [
            new($"ADD rootfs / # mmdebstrap --variant=minbase {Suite}", layer),
            new("""CMD ["bash"]"""),
        ], config => config with
        {
            Env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
            Cmd = ["bash"],
            Labels = assembly.Labels(SampleImage.Debian, version, "Various; see /usr/share/doc/*/copyright"),
        }, cancellationToken).ConfigureAwait(false);
    }
}
