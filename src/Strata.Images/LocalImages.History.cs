using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>How the image was made, the newest step first.</summary>
    /// <exception cref="ImageException">There is no such image, or it is damaged.</exception>
    public IReadOnlyList<HistoryLine> History(string nameOrId) => History(nameOrId, platform: null);

    /// <summary>The same of one platform, where the name leads to several; null is this machine's.</summary>
    /// <exception cref="ImageException">There is no such image, or it is damaged.</exception>
    public IReadOnlyList<HistoryLine> History(string nameOrId, Platform? platform)
    {
        var image = Inspect(nameOrId, platform);
        var layers = new Queue<Digest>(image.Config.RootFs.DiffIds);
        var lines = new List<HistoryLine>();
        foreach (var entry in image.Config.History ?? [])
        {
            Digest? diffId = !entry.EmptyLayer && layers.TryDequeue(out var next) ? next : null;
            var size = diffId is null ? 0 : LayerIndex.TryLoad(store.Layers, diffId.Value)?.ContentSize;
            lines.Add(new HistoryLine(Id: null, entry.Created, entry.CreatedBy ?? "", size, entry.Comment ?? "", diffId));
        }
        // Layers that the history does not speak of are there all the same.
        while (layers.TryDequeue(out var diffId))
            lines.Add(new HistoryLine(Id: null, Created: null, "", LayerIndex.TryLoad(store.Layers, diffId)?.ContentSize, "", diffId));
        if (lines.Count > 0) lines[^1] = lines[^1] with { Id = image.Id };
        lines.Reverse();
        return lines;
    }
}
