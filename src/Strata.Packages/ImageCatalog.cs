namespace Strata.Packages;

/// <summary>Merges the facts of an image's layers into what is installed in the image.</summary>
public static class ImageCatalog
{
    /// <summary>Walks the layers from the base (first) to the top (last). Reads nothing: the same layers give the same answer.</summary>
    public static ImagePackages Of(IReadOnlyList<ImageLayer> layers) => throw new NotSupportedException();
}
