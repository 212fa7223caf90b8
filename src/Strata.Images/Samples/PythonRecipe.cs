using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>Python as a layer on the Debian image: apt-get in an overlay, whose upper directory becomes the layer.</summary>
internal sealed class PythonRecipe(ImageAssembly assembly, DebianRecipe debian)
{
    private const string Command = "apt-get update && apt-get install -y --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*";

    /// <summary>In a mount namespace of its own: whatever happens, no mount is left. $1 is the work folder, $2 the base's layer.</summary>
    private const string Script = """
        set -e
        mkdir -p "$1/base" "$1/upper" "$1/work" "$1/merged"
        tar --xattrs --xattrs-include='*' --numeric-owner -xpzf "$2" -C "$1/base"
        mount -t overlay overlay -o "lowerdir=$1/base,upperdir=$1/upper,workdir=$1/work" "$1/merged"
        mount -t proc proc "$1/merged/proc"
        touch "$1/merged/etc/resolv.conf"
        mount --bind /etc/resolv.conf "$1/merged/etc/resolv.conf"
        DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$1/merged" /bin/sh -c "$3"
        """;

    public async Task<Descriptor> ComposeAsync(Descriptor parent, CancellationToken cancellationToken)
    {
        var below = Manifest.Parse(assembly.Store.ReadDocument(parent.Digest, Manifest.MaxBytes));
        using var work = new WorkFolder(debian.WorkParent);
        await Tool.RunAsync("unshare", ["--mount", "--propagation", "private", "sh", "-c", Script, "sh", work.Path,
            assembly.Store.BlobPath(below.Layers[0].Digest), Command], "util-linux", cancellationToken).ConfigureAwait(false);
        var layer = LayerWriter.FromFolder(assembly.Store, Path.Combine(work.Path, "upper"), new FolderLayerOptions
        {
            IsOverlay = true,
            NoLaterThan = assembly.Now,
            // Traces of the making: caches that apt rebuilds, logs, the name server of this machine.
            Without = ["etc/resolv.conf", "var/cache/apt", "var/cache/ldconfig", "var/log", "tmp", "run"],
        }, cancellationToken);
        return await assembly.AssembleAsync(parent,
        [
            new("RUN " + Command, layer),
            new("""CMD ["python3"]"""),
        ], config => config with
        {
            Cmd = ["python3"],
            Env = [.. config.Env ?? [], "LANG=C.UTF-8"],
            Labels = assembly.Labels(SampleImage.Python, SampleImage.Python.Tag, "PSF-2.0", parent),
        }, cancellationToken).ConfigureAwait(false);
    }
}
