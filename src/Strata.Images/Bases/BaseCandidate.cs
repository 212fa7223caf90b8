using Strata.Oci;

namespace Strata.Images;

/// <summary>An image whose layers are the first of another one's.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Id">Its config.</param>
/// <param name="Names">What leads to it.</param>
/// <param name="Digests">Its manifest, and the indexes that have it, as the store and registries know them.</param>
/// <param name="Layers">How many they are.</param>
/// <param name="HistoryEntries">How long its history is, where that is the beginning of the other's; else null.</param>
public sealed record BaseCandidate(
    Digest Manifest, Digest Id, IReadOnlyList<Reference> Names, IReadOnlyCollection<Digest> Digests, int Layers, int? HistoryEntries)
{
    public string Shown => Names.Count > 0 ? Names.Select(n => n.Familiar).Order(StringComparer.Ordinal).First() : Id.Short;

    /// <summary>Null when the layers are not the first of the image's, or the image is not made from it but the other way round.</summary>
    public static BaseCandidate? Of(ImageDetails image, Digest manifest, Digest id, ImageConfig config, IReadOnlyList<Reference> names, IReadOnlyCollection<Digest> digests)
    {
        var layers = config.RootFs.DiffIds;
        if (layers.Count == 0 || id == image.Id || !image.Layers.Take(layers.Count).Select(l => l.DiffId).SequenceEqual(layers)) return null;
        var history = Beginning(image.Config.History ?? [], config.History ?? []);
        // Of two images with the same layers, the one with the shorter history was first.
        return layers.Count == image.Layers.Count && history is null ? null : new BaseCandidate(manifest, id, names, digests, layers.Count, history);
    }

    private static int? Beginning(IReadOnlyList<HistoryEntry> whole, IReadOnlyList<HistoryEntry> part) =>
        part.Count > 0 && part.Count < whole.Count && whole.Take(part.Count).SequenceEqual(part) ? part.Count : null;
}
