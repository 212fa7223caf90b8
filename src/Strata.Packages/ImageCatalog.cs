using Strata.Packages.Merging;

namespace Strata.Packages;

/// <summary>Merges the facts of an image's layers into what is installed in the image.</summary>
public static class ImageCatalog
{
    /// <summary>Walks the layers from the base (first) to the top (last). Reads nothing: the same layers give the same answer.</summary>
    public static ImagePackages Of(IReadOnlyList<ImageLayer> layers)
    {
        var root = new LayeredRoot();
        var installed = new Attribution();
        for (var i = 0; i < layers.Count; i++)
        {
            if (root.Apply(layers[i])) installed.Update(root.Documents, i);
        }

        return new ImagePackages
        {
            Distribution = root.Distribution,
            Packages = installed.Packages(root.Distribution, i => OriginOf(layers, i), isOwned: false),
            Owned = installed.Packages(root.Distribution, i => OriginOf(layers, i), isOwned: true),
            Hidden = installed.Hidden(root.Distribution, i => OriginOf(layers, i)),
            Faults = root.Faults,
        };
    }

    private static LayerOrigin OriginOf(IReadOnlyList<ImageLayer> layers, int index) =>
        new() { Layer = index, DiffId = layers[index].DiffId, Instruction = layers[index].Instruction };
}
