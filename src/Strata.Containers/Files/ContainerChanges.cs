using Strata.Containers.Rootfs;
using Strata.Layers;

namespace Strata.Containers.Files;

/// <summary>What a container changed in its root file system: what its upper folder has, held against the layers below.</summary>
internal sealed class ContainerChanges(LayeredTree image, IReadOnlyCollection<string> mountPlaces)
{
    private readonly List<ContainerChange> _changes = [];
    private readonly HashSet<string> _places = mountPlaces.Select(TreePath.Normal).ToHashSet(StringComparer.Ordinal);

    /// <summary>By path.</summary>
    /// <param name="entries">Of the upper folder, as a layer would have them.</param>
    public IReadOnlyList<ContainerChange> Of(IReadOnlyList<LayerEntry> entries)
    {
        var opaque = entries.Where(e => e.Whiteout == Whiteout.Opaque).Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
        var present = entries.Where(e => e.Whiteout == Whiteout.None).ToDictionary(e => e.Path, StringComparer.Ordinal);
        foreach (var entry in entries.Where(e => e.Whiteout == Whiteout.Path)) Add('D', entry.Path);
        foreach (var folder in opaque)
            foreach (var (hidden, _) in image.Children(folder))
                if (!present.ContainsKey(hidden.Path)) Add('D', hidden.Path);
        foreach (var (path, entry) in present)
        {
            if (path.Length == 0) continue;
            var below = image.Find(path)?.Entry;
            if (below is null)
            {
                if (!IsPlace(path)) Add('A', path);
            }
            else if (entry.Type != EntryType.Directory || below.Type != EntryType.Directory || (below.Mode, below.Uid, below.Gid) != (entry.Mode, entry.Uid, entry.Gid)) Add('C', path);
        }
        // A folder in which something changed has changed; one that was only on the way to a place of a mount has not.
        foreach (var path in _changes.ToArray().Select(c => c.Path))
            for (var folder = TreePath.Parent(path); folder.Length > 0; folder = TreePath.Parent(folder))
                if (_changes.All(c => c.Path != folder)) Add('C', folder);
        return [.. _changes.Select(c => c with { Path = "/" + c.Path }).OrderBy(c => c.Path, StringComparer.Ordinal)];
    }

    /// <summary>Made by the runtime so that something could be mounted there, or on the way to such a place.</summary>
    private bool IsPlace(string path) => _places.Any(p => p == path || p.StartsWith(path + "/", StringComparison.Ordinal));

    private void Add(char kind, string path) => _changes.Add(new ContainerChange(kind, path));
}
