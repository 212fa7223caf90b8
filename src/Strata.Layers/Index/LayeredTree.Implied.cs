using Strata.Layers.Indexes;

namespace Strata.Layers;

public sealed partial class LayeredTree
{
    /// <summary>
    /// Folders of a layer that one above it has something in without mentioning them: the tree of that one has them as 0755 of root. Only those
    /// that are something else; who mounts the layers must show them so.
    /// </summary>
    public IEnumerable<TreeEntry> Disguised()
    {
        foreach (var (paths, merged) in Walk())
        {
            if (merged.Winner < 0 || !paths.States[merged.Winner].IsFolder || !IsImpliedAbove(paths.States, merged.Winner)) continue;
            if (EntryOf(merged, paths.States, paths.Path) is { } entry && IsNotPlain(entry.Entry)) yield return entry;
        }
    }

    private static bool IsImpliedAbove(ReadOnlySpan<PathState> states, int winner)
    {
        for (var layer = winner + 1; layer < states.Length; layer++)
            if (states[layer] is { IsFolder: true, Number: < 0 }) return true;
        return false;
    }

    private static bool IsNotPlain(LayerEntry folder) => folder.Mode != 0x1ED || folder.Uid != 0 || folder.Gid != 0;
}
