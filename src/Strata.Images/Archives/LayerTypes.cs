using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>The same layers under the two names that they have.</summary>
internal static class LayerTypes
{
    /// <summary>
    /// True when the layers are changes of files, as an image has them. Attestations have an image's config and layers of statements; their
    /// diffIDs mean nothing.
    /// </summary>
    public static bool AreOfFiles(Manifest manifest) => manifest.Config.MediaType is MediaTypes.OciConfig or MediaTypes.DockerConfig
        && !manifest.Layers.Any(l => l.MediaType.EndsWith("+json", StringComparison.Ordinal));

    /// <summary>As an OCI manifest lists it: the same bytes and digest under OCI's media type, without what another manifest said of it.</summary>
    public static Descriptor ToOci(Descriptor layer) => new()
    {
        MediaType = layer.MediaType switch
        {
            MediaTypes.DockerLayerGzip => MediaTypes.OciLayerGzip,
            "application/vnd.docker.image.rootfs.diff.tar" => MediaTypes.OciLayer,
            "application/vnd.docker.image.rootfs.diff.tar.zstd" => MediaTypes.OciLayerZstd,
            var other => other,
        },
        Digest = layer.Digest,
        Size = layer.Size,
    };
}
