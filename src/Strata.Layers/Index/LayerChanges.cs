namespace Strata.Layers;

/// <summary>Walks the layers of an image from its base and says of each what it adds to, changes in and takes from what is below.</summary>
public sealed class LayerChanges
{
    private readonly HashSet<string> _present = new(StringComparer.Ordinal);

    private LayerChanges()
    {
    }

    /// <summary>Of each layer; null from the first one on whose index is not there.</summary>
    public static IReadOnlyList<FileChanges?> Of(IReadOnlyList<LayerIndex?> layers)
    {
        var changes = new LayerChanges();
        return [.. layers.TakeWhile(l => l is not null).Select(l => changes.Next(l!)), .. layers.SkipWhile(l => l is not null).Select(_ => (FileChanges?)null)];
    }

    /// <summary>The next layer's counts. A directory that is there already is no change: tars name every folder on the way to a file.</summary>
    private FileChanges Next(LayerIndex index)
    {
        int added = 0, changed = 0, removed = 0;
        var gone = new List<string>();
        foreach (var entry in index.InTarOrder())
        {
            if (entry.Whiteout != Whiteout.None)
            {
                gone.Add(entry.Path);
                if (entry.Whiteout == Whiteout.Path) removed++;
            }
        }
        foreach (var path in gone) Hide(path, index);
        foreach (var entry in index.InTarOrder())
        {
            if (entry.Whiteout != Whiteout.None || entry.Path.Length == 0) continue;
            if (_present.Add(entry.Path)) added++;
            else if (entry.Type != EntryType.Directory) changed++;
        }
        return new FileChanges(added, changed, removed);
    }

    private void Hide(string path, LayerIndex index)
    {
        _present.Remove(path);
        // Walking all paths is dear; most whiteouts hide a single file.
        var below = path + "/";
        if (_present.Any(p => p.StartsWith(below, StringComparison.Ordinal))) _present.RemoveWhere(p => p.StartsWith(below, StringComparison.Ordinal));
    }
}
