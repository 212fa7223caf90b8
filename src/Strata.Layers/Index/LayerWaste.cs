using Strata.Layers.Indexes;
using Strata.Layers.Tar;

namespace Strata.Layers;

/// <summary>
/// Finds what layers write twice, or write and hide, by the formula that dive made known: for every path the smallest of its versions is
/// needed, all of them are carried. A folder counts only where a layer has nothing in it, a removed folder with all that it hides.
/// </summary>
public static class LayerWaste
{
    /// <param name="layers">The base first.</param>
    public static WasteReport Of(IReadOnlyList<LayerIndex> layers)
    {
        var paths = new MergedPaths(layers);
        var removals = new Removals(layers);
        var wasted = new List<WastedPath>();
        long needed = 0, carried = 0;
        var versions = new List<PathVersion>();
        while (paths.Next())
        {
            versions.Clear();
            for (var layer = 0; layer < layers.Count; layer++)
                if (Version(layers[layer], layer, paths.States[layer], paths.Path, removals) is { } version) versions.Add(version);
            if (versions.Count == 0) continue;
            var bytes = versions.Sum(v => v.Bytes);
            needed += versions.Min(v => v.Bytes);
            carried += bytes;
            if (versions.Count > 1 && versions.Any(v => v.Bytes > 0)) wasted.Add(new WastedPath(PathText.Decode(paths.Path), bytes, [.. versions]));
        }
        wasted.Sort((a, b) => a.Bytes != b.Bytes ? b.Bytes.CompareTo(a.Bytes) : string.CompareOrdinal(a.Path, b.Path));
        return new WasteReport(carried == 0 ? 1 : (double)needed / carried, wasted.Sum(w => w.Bytes), wasted);
    }

    private static PathVersion? Version(LayerIndex index, int layer, PathState state, byte[] path, Removals removals)
    {
        if (state.Number >= 0)
            return state.IsFolder ? null : new PathVersion(layer, index.Entry(state, path)!.Size, IsRemoval: false);
        return state.HidesLower ? new PathVersion(layer, removals.HiddenBy(layer, path), IsRemoval: true) : null;
    }

    /// <summary>What is below a path in the layers under a layer.</summary>
    private sealed class Removals(IReadOnlyList<LayerIndex> layers)
    {
        private readonly LayeredTree?[] _below = new LayeredTree?[layers.Count];

        public long HiddenBy(int layer, byte[] path)
        {
            if (layer == 0) return 0;
            var tree = _below[layer] ??= new LayeredTree([.. layers.Take(layer)]);
            var text = PathText.Decode(path);
            return tree.Find(text) is { Entry.Type: EntryType.Directory } ? SizeOf(tree, text) : 0;
        }

        private static long SizeOf(LayeredTree tree, string folder) =>
            tree.Children(folder).Sum(c => c.Entry.Type == EntryType.Directory ? SizeOf(tree, c.Entry.Path) : c.Entry.Size);
    }
}
