using Strata.Content;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>The documents at the top of an OCI image layout. OCI image spec, image-layout.md.</summary>
internal static class LayoutDocuments
{
    public const string VersionPath = "oci-layout";
    public const string IndexPath = "index.json";

    /// <summary>The image's full name, as containerd and docker write it beside <see cref="ContentAnnotations.RefName"/>, which they use for the tag.</summary>
    public const string ImageName = "io.containerd.image.name";

    public static ReadOnlySpan<byte> Version => """{"imageLayoutVersion":"1.0.0"}"""u8;

    public static string BlobPath(Digest digest) => $"blobs/{digest.Algorithm.Prefix()}/{digest.Hex}";

    /// <summary>The layout's index; null when there is none.</summary>
    /// <exception cref="ImageException">It is not valid.</exception>
    public static async Task<ImageIndex?> ReadIndexAsync(ILayoutFiles files, CancellationToken cancellationToken)
    {
        const int most = 64 * 1024 * 1024;
        if (await files.ReadAsync(IndexPath, most, cancellationToken).ConfigureAwait(false) is not { } bytes) return null;
        try
        {
            return ImageIndex.Parse(bytes, most);
        }
        catch (DocumentException e)
        {
            throw new ImageException($"{IndexPath} of {files.Name} is not valid: {e.Message}", "it is no image layout; make it again", e);
        }
    }
}
