using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Containers.Rootfs;

/// <summary>The folders that an image's root file system is mounted from, the topmost first. They are the store's own; nothing is copied.</summary>
internal static class LayerFolders
{
    /// <param name="diffIds">The base first.</param>
    /// <param name="corrections">Where folders lie that are mounted over an image's layers.</param>
    /// <exception cref="ContainerException">A layer is not unpacked.</exception>
    public static IReadOnlyList<string> Of(ContentStore store, IReadOnlyList<Digest> diffIds, string corrections)
    {
        var folders = new List<string>();
        if (Correction.Of(store, diffIds, corrections) is { } correction) folders.Add(correction);
        for (var i = diffIds.Count - 1; i >= 0; i--)
        {
            if (!LayerUnpacker.IsUnpacked(store.Layers, diffIds[i]))
                throw new ContainerException($"the layer {diffIds[i].Short} is not unpacked", "pull the image again, or run `strata repair`");
            folders.Add(LayerUnpacker.PathIn(store.Layers, diffIds[i]));
            // An opaque root; overlayfs would show what is below it.
            if (LayerIndex.TryLoad(store.Layers, diffIds[i])?.Totals.HidesLowerLayers == true) break;
        }
        return folders;
    }
}
