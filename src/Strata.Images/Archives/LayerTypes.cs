using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>The same layers under the two names that they have.</summary>
internal static class LayerTypes
{
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
