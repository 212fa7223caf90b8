using Strata.Layers;

namespace Strata.Images.Editing;

/// <summary>
/// Which entries of an image's layers are to be seen when all lie on one another, worked out from the top down: an entry hides those of the
/// same path below it, a whiteout its path with all under it, an opaque whiteout and anything that is no directory all under it.
/// OCI image spec, layer.md, "Applying Changesets" and "Whiteouts". Paths count as they are written, as builders write them: a layer that
/// reaches a file through a symbolic link of a lower layer is not untangled.
/// </summary>
internal sealed class MergePlan
{
    private readonly IReadOnlyList<IReadOnlyList<MergeEntry>> _layers;
    private readonly HashSet<EntryAt> _kept = [];

    /// <summary>For each path that an upper layer has, the type of the entry that is seen.</summary>
    private readonly Dictionary<string, EntryType> _top = new(StringComparer.Ordinal);

    /// <summary>Paths that are gone with all under them, and paths under which all is hidden.</summary>
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly HashSet<string> _hiding = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Whiteout> _whiteouts = new(StringComparer.Ordinal);
    private readonly MendedLinks _links;

    /// <param name="layers">The entries of each layer in the order of its tar, the base first.</param>
    /// <param name="from">The lowest layer that is merged; what is below stays as it is.</param>
    public MergePlan(IReadOnlyList<IReadOnlyList<MergeEntry>> layers, int from)
    {
        (_layers, From) = (layers, from);
        var below = from == 0 ? null : new MergePlan([.. layers.Take(from)], from: 0).Seen();
        for (var layer = layers.Count - 1; layer >= 0; layer--)
        {
            Keep(layer);
            // What the merged layers hide of those that stay has to be said by the layer that they become.
            if (layer >= from && below is not null) Pass(layer, below);
            Hide(layer);
        }
        _links = new MendedLinks(layers, _kept, from);
    }

    public int From { get; }

    /// <summary>What the merged layer hides of the layers below it; none when all are merged.</summary>
    public IEnumerable<(string Path, Whiteout Whiteout)> Whiteouts => _whiteouts.Select(w => (w.Key, w.Value));

    /// <summary>True when a layer has something to write: its own entries, or content for a link whose target is hidden.</summary>
    public bool IsNeeded(int layer) => layer >= From || _links.TakesFrom(layer);

    /// <summary>False when the entry is left out.</summary>
    public bool HasPlace(EntryAt entry) => _links.NewPath(entry) is not null || (entry.Layer >= From && _kept.Contains(entry));

    /// <summary>
    /// The path that the entry gets in place of its own, where it stands in for a link to it; and the new target of a hard link whose target
    /// is seen under another path. Null where nothing changes.
    /// </summary>
    public (string? Path, string? Link) Changes(EntryAt entry) => (_links.NewPath(entry), _links.NewTarget(entry));

    public bool IsFolder(EntryAt entry) => _layers[entry.Layer][entry.Entry].Type == EntryType.Directory;

    public string PathOf(EntryAt entry) => _layers[entry.Layer][entry.Entry].Path;

    private void Keep(int layer)
    {
        var entries = _layers[layer];
        var here = new HashSet<string>(StringComparer.Ordinal);
        var seen = new List<(string Path, EntryType Type)>();
        // Within a layer, the last entry of a path is the one that stays.
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            var path = entries[i].Path;
            if (entries[i].Whiteout != Whiteout.None || !here.Add(path) || _top.ContainsKey(path) || IsHidden(path)) continue;
            _kept.Add(new EntryAt(layer, i));
            seen.Add((path, entries[i].Type));
        }
        foreach (var (path, type) in seen) _top[path] = type;
    }

    private void Hide(int layer)
    {
        foreach (var (path, whiteout) in Marks(layer))
        {
            if (whiteout == Whiteout.Path) _gone.Add(path);
            _hiding.Add(path);
        }
    }

    /// <summary>What the layer hides of those below it.</summary>
    private IEnumerable<(string Path, Whiteout Whiteout)> Marks(int layer) => _layers[layer]
        .Where(e => e.Whiteout != Whiteout.None || e.Type != EntryType.Directory)
        .Select(e => (e.Path, e.Whiteout == Whiteout.None ? Whiteout.Opaque : e.Whiteout));

    /// <summary>
    /// Says what the layer hides of what is <paramref name="below"/>, unless an upper layer does. A folder in place of something else gets a
    /// whiteout even where its layer needed none: here its files may be written before it, and must not go through a link.
    /// </summary>
    private void Pass(int layer, IReadOnlyDictionary<string, EntryType> below)
    {
        foreach (var (path, whiteout) in Marks(layer).Concat(Folders(layer)))
        {
            if (IsHidden(path) || !below.TryGetValue(path, out var hidden)) continue;
            var isFolder = hidden == EntryType.Directory;
            if (!_top.TryGetValue(path, out var seen))
            {
                if (whiteout == Whiteout.Path || isFolder) _whiteouts.TryAdd(path, whiteout);
            }
            else if (seen == EntryType.Directory && (!isFolder || whiteout != Whiteout.None))
            {
                // A folder that replaces a folder hides its content; an opaque mark on a link would empty what the link leads to.
                _whiteouts[path] = isFolder ? Whiteout.Opaque : Whiteout.Path;
            }
        }
    }

    private IEnumerable<(string Path, Whiteout Whiteout)> Folders(int layer) => _layers[layer]
        .Where(e => e.Whiteout == Whiteout.None && e.Type == EntryType.Directory).Select(e => (e.Path, Whiteout.None));

    /// <summary>All that is seen, by path, with the folders that no layer has an entry for.</summary>
    private Dictionary<string, EntryType> Seen()
    {
        var seen = new Dictionary<string, EntryType>(_top, StringComparer.Ordinal);
        foreach (var path in _top.Keys)
            for (var at = path.LastIndexOf('/'); at > 0; at = path.LastIndexOf('/', at - 1))
                if (!seen.TryAdd(path[..at], EntryType.Directory)) break;
        return seen;
    }

    private bool IsHidden(string path)
    {
        if (_gone.Contains(path)) return true;
        if (path.Length == 0) return false;
        var above = path.AsSpan();
        var hiding = _hiding.GetAlternateLookup<ReadOnlySpan<char>>();
        while (above.LastIndexOf('/') is >= 0 and var slash)
        {
            above = above[..slash];
            if (hiding.Contains(above)) return true;
        }
        return _hiding.Contains("");
    }
}

/// <summary>An entry by its layer and its place in the layer's tar.</summary>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct EntryAt(int Layer, int Entry);
