using Strata.Layers;

namespace Strata.Images.Editing;

/// <summary>
/// Hard links whose target is not seen any more, though the content is, by the link: the target's entry is written under the first such
/// link's path, and further ones lead there.
/// </summary>
internal sealed class MendedLinks
{
    private readonly IReadOnlyList<IReadOnlyList<MergeEntry>> _layers;
    private readonly Dictionary<EntryAt, string> _paths = [];
    private readonly Dictionary<EntryAt, string> _targets = [];
    private readonly Lazy<Dictionary<string, List<int>>>[] _byPath;

    public MendedLinks(IReadOnlyList<IReadOnlyList<MergeEntry>> layers, HashSet<EntryAt> kept, int from)
    {
        _layers = layers;
        _byPath = [.. layers.Select(l => new Lazy<Dictionary<string, List<int>>>(() => IndexOf(l)))];
        for (var layer = from; layer < layers.Count; layer++)
        {
            for (var i = 0; i < layers[layer].Count; i++)
            {
                var at = new EntryAt(layer, i);
                if (layers[layer][i] is { Type: EntryType.Hardlink, Whiteout: Whiteout.None } link && kept.Contains(at)) Mend(at, link, kept);
            }
        }
    }

    public string? NewPath(EntryAt entry) => _paths.GetValueOrDefault(entry);

    public string? NewTarget(EntryAt link) => _targets.GetValueOrDefault(link);

    public bool TakesFrom(int layer) => _paths.Keys.Any(k => k.Layer == layer);

    private void Mend(EntryAt at, MergeEntry link, HashSet<EntryAt> kept)
    {
        // A link that leads nowhere in the image stays as it is: it does no better where it comes from.
        if (Source(at, link) is not { } source) return;
        if (!kept.Contains(source) && !_paths.ContainsKey(source))
        {
            _paths[source] = link.Path;
            kept.Remove(at);
            return;
        }
        var path = _paths.GetValueOrDefault(source) ?? _layers[source.Layer][source.Entry].Path;
        if (path != link.LinkTarget) _targets[at] = path;
    }

    /// <summary>The entry that has the content: in the same layer before the link, else in a layer below.</summary>
    private EntryAt? Source(EntryAt at, MergeEntry link)
    {
        for (var hops = 0; hops < 64; hops++)
        {
            if (Find(link.LinkTarget!, at) is not { } found) return null;
            link = _layers[found.Layer][found.Entry];
            if (link.Type != EntryType.Hardlink) return found;
            at = found;
        }
        return null;
    }

    private EntryAt? Find(string path, EntryAt before)
    {
        for (var layer = before.Layer; layer >= 0; layer--)
        {
            if (!_byPath[layer].Value.TryGetValue(path, out var places)) continue;
            var place = layer == before.Layer ? places.Where(p => p < before.Entry).DefaultIfEmpty(-1).Last() : places[^1];
            if (place >= 0) return new EntryAt(layer, place);
        }
        return null;
    }

    private static Dictionary<string, List<int>> IndexOf(IReadOnlyList<MergeEntry> entries)
    {
        var byPath = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Whiteout != Whiteout.None) continue;
            if (!byPath.TryGetValue(entries[i].Path, out var places)) byPath[entries[i].Path] = places = [];
            places.Add(i);
        }
        return byPath;
    }
}
