namespace Strata.Conformance.Tests;

internal static class MediaTypes
{
    public const string Bytes = "application/octet-stream";
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";
    public const string Index = "application/vnd.oci.image.index.v1+json";
    public const string Config = "application/vnd.oci.image.config.v1+json";
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";
    public const string Empty = "application/vnd.oci.empty.v1+json";
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
    public const string DockerList = "application/vnd.docker.distribution.manifest.list.v2+json";
    public const string DockerConfig = "application/vnd.docker.container.image.v1+json";
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar.gzip";
    public const string DockerForeign = "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip";
    public const string Elsewhere = "application/vnd.oci.image.layer.nondistributable.v1.tar";
    public const string Sbom = "application/vnd.example.sbom.v1";
    public const string Signature = "application/vnd.example.signature.v1";

    public static readonly string[] Manifests = [Manifest, Index, DockerManifest, DockerList];
}
