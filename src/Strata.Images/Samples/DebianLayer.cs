using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>A layer on the Debian image: a command of the shell in an overlay, whose upper directory becomes the layer.</summary>
internal static class DebianLayer
{
    /// <summary>
    /// In a mount namespace of its own: whatever happens, no mount is left. $1 is the work folder, $2 the base's layer, $3 the command. No service
    /// of a package starts meanwhile.
    /// </summary>
    private const string Script = """
        set -e
        mkdir -p "$1/base" "$1/upper" "$1/work" "$1/merged"
        tar --xattrs --xattrs-include='*' --numeric-owner -xpzf "$2" -C "$1/base"
        mount -t overlay overlay -o "lowerdir=$1/base,upperdir=$1/upper,workdir=$1/work" "$1/merged"
        mount -t proc proc "$1/merged/proc"
        touch "$1/merged/etc/resolv.conf"
        mount --bind /etc/resolv.conf "$1/merged/etc/resolv.conf"
        printf '#!/bin/sh\nexit 101\n' > "$1/merged/usr/sbin/policy-rc.d"
        chmod 755 "$1/merged/usr/sbin/policy-rc.d"
        DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$1/merged" /bin/sh -c "$3"
        rm "$1/merged/usr/sbin/policy-rc.d"
        """;

    /// <summary>Traces of the making: caches that apt rebuilds, logs, the name server of this machine.</summary>
    private static readonly string[] Traces = ["etc/resolv.conf", "var/cache/apt", "var/cache/ldconfig", "var/log", "tmp", "run"];

    public static async Task<WrittenLayer> MakeAsync(ImageAssembly assembly, string workParent, Descriptor parent, string command, CancellationToken cancellationToken)
    {
        var below = Manifest.Parse(assembly.Store.ReadDocument(parent.Digest, Manifest.MaxBytes));
        using var work = new WorkFolder(workParent);
        await Tool.RunAsync("unshare", ["--mount", "--propagation", "private", "sh", "-c", Script, "sh", work.Path,
            assembly.Store.BlobPath(below.Layers[0].Digest), command], "util-linux", cancellationToken).ConfigureAwait(false);
        return LayerWriter.FromFolder(assembly.Store, Path.Combine(work.Path, "upper"),
            new FolderLayerOptions { IsOverlay = true, NoLaterThan = assembly.Now, Without = Traces }, cancellationToken);
    }
}
