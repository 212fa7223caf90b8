using Strata.Layers.Indexes;

namespace Strata.Layers;

public sealed partial class LayeredTree
{
    /// <summary>
    /// All that is in the image, in the order of paths in which a folder is followed by what is in it; read while it is asked for. Folders that
    /// no layer mentions are left out.
    /// </summary>
    public IEnumerable<TreeEntry> All()
    {
        foreach (var (paths, merged) in Walk())
            if (EntryOf(merged, paths.States, paths.Path) is { } entry) yield return entry;
    }

    /// <summary>Every path that a layer has, and what of it is seen; where the paths stand is changed by the next step.</summary>
    private IEnumerable<(MergedPaths Paths, Merging.Merged Merged)> Walk()
    {
        var paths = new MergedPaths(layers);
        var open = new Stack<(byte[] Folder, int Floor)>();
        while (paths.Next())
        {
            while (open.TryPeek(out var top) && !PathOrder.IsBelow(paths.Path, top.Folder)) open.Pop();
            var merged = Merging.Of(paths.States, open.TryPeek(out var above) ? above.Floor : 0);
            open.Push((paths.Path, merged.Floor));
            yield return (paths, merged);
        }
    }
}
