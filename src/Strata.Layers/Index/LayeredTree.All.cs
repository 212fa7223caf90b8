using Strata.Layers.Indexes;

namespace Strata.Layers;

public sealed partial class LayeredTree
{
    /// <summary>
    /// All that is in the image, in the order of paths in which a folder is followed by what is in it; read while it is asked for. Folders
    /// that
    /// no layer mentions are left out.
    /// </summary>
    public IEnumerable<TreeEntry> All()
    {
        var paths = new MergedPaths(layers);
        var open = new Stack<(byte[] Folder, int Floor)>();
        while (paths.Next())
        {
            var path = paths.Path;
            while (open.TryPeek(out var top) && !PathOrder.IsBelow(path, top.Folder)) open.Pop();
            var merged = Merging.Of(paths.States, open.TryPeek(out var above) ? above.Floor : 0);
            var isFile = merged.Winner >= 0 && !paths.States[merged.Winner].IsFolder;
            // Below a file there is nothing, whatever lower layers have there.
            open.Push((path, isFile ? layers.Count : merged.Floor));
            if (EntryOf(merged, paths.States, path) is { } entry) yield return entry;
        }
    }
}
