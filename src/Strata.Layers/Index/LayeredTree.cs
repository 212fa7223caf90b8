using Strata.Layers.Indexes;
using Strata.Layers.Tar;

namespace Strata.Layers;

/// <summary>
/// The files of an image as a container sees them, from the indexes of its layers: which layer's entry counts, and what is hidden. Nothing
/// is
/// unpacked, and a question about one path reads a few records only. Safe for several threads.
/// </summary>
/// <param name="layers">The base first.</param>
public sealed partial class LayeredTree(IReadOnlyList<LayerIndex> layers)
{
    /// <summary>As the kernel: more links in one path are taken for a ring.</summary>
    private const int MaxLinks = 40;

    public IReadOnlyList<LayerIndex> Layers => layers;

    /// <summary>What is at a path; null when there is nothing. Links are not followed, neither at the end nor on the way.</summary>
    public TreeEntry? Find(string path) => Find(IndexPaths.Encode(path), out _);

    /// <summary>What a program that opens the path gets: links are followed within the image, hard links to the file they share.</summary>
    public TreeEntry? Resolve(string path)
    {
        var done = new List<string>();
        var left = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var links = 0;
        var at = Find("");
        while (left.TryPop(out var name))
        {
            if (name == ".") continue;
            if (name == "..")
            {
                if (done.Count > 0) done.RemoveAt(done.Count - 1);
                at = Find(string.Join('/', done));
                continue;
            }
            at = Find(string.Join('/', done.Append(name)));
            if (at is null) return null;
            if (at.Entry.Type != EntryType.Symlink)
            {
                done.Add(name);
                continue;
            }
            if (++links > MaxLinks) return null;
            var target = at.Entry.LinkTarget!;
            if (target.StartsWith('/')) done.Clear();
            foreach (var part in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse()) left.Push(part);
            at = Find(string.Join('/', done));
        }
        return at is null ? null : FileOf(at);
    }

    /// <summary>The file that a hard link shares, in the layer that has both; anything else is itself.</summary>
    public TreeEntry FileOf(TreeEntry entry)
    {
        var (found, layer) = entry;
        for (var links = 0; found.Type == EntryType.Hardlink && links < MaxLinks; links++)
        {
            if (layers[layer].Find(found.LinkTarget!) is not { } target) break;
            found = target;
        }
        return ReferenceEquals(found, entry.Entry) ? entry : new TreeEntry(found, layer);
    }

    /// <summary>What is in a folder, by the bytes of the names. Empty for what is no folder.</summary>
    public IReadOnlyList<TreeEntry> Children(string folder)
    {
        var path = IndexPaths.Encode(folder);
        if (Find(path, out var floor) is not { Entry.Type: EntryType.Directory }) return [];
        var states = new Dictionary<string, PathState[]>(StringComparer.Ordinal);
        for (var layer = floor; layer < layers.Count; layer++)
        {
            foreach (var (child, state) in layers[layer].ChildStates(path))
            {
                var key = PathText.Decode(child);
                if (!states.TryGetValue(key, out var all)) states[key] = all = NoStates();
                all[layer] = state;
            }
        }
        return [.. states
            .Select(s => (Path: PathText.Encode(s.Key), States: s.Value))
            .OrderBy(s => s.Path, Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b)))
            .Select(s => EntryOf(Merging.Of(s.States, floor), s.States, s.Path)).OfType<TreeEntry>()];
    }

    /// <param name="floor">The lowest layer that shows through below the path.</param>
    private TreeEntry? Find(ReadOnlySpan<byte> path, out int floor)
    {
        floor = 0;
        var states = NoStates();
        for (var end = -1; ;)
        {
            // The root first, then each folder on the way: one of them may hide what lower layers have below.
            var part = end < 0 ? [] : path[..end];
            for (var layer = floor; layer < layers.Count; layer++) states[layer] = layers[layer].StateOf(part);
            var merged = Merging.Of(states, floor);
            floor = merged.Floor;
            if (end == path.Length || path.Length == 0) return EntryOf(merged, states, path) ?? (path.Length == 0 ? new TreeEntry(LayerIndex.Implied([]), 0) : null);
            if (end >= 0 && (!merged.IsThere || (merged.Winner >= 0 && !states[merged.Winner].IsFolder))) return null;
            var next = path[(end + 1)..].IndexOf((byte)'/');
            end = next < 0 ? path.Length : end + 1 + next;
        }
    }

    internal TreeEntry? EntryOf(Merging.Merged merged, ReadOnlySpan<PathState> states, ReadOnlySpan<byte> path) =>
        merged.IsThere && layers[merged.Layer].Entry(states[merged.Layer], path) is { } entry ? new TreeEntry(entry, merged.Layer) : null;

    private PathState[] NoStates()
    {
        var states = new PathState[layers.Count];
        Array.Fill(states, new PathState(-1, IsFolder: false, HidesLower: false));
        return states;
    }
}
