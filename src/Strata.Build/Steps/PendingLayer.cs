using System.IO.Compression;
using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Content;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>The changes of one step over the files below it, before they are written: nothing is unpacked for it.</summary>
internal sealed class PendingLayer(FileTree below)
{
    public const int FolderMode = 0x1ED;

    private readonly SortedDictionary<string, PendingEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>What is at a path when the step is done, links not followed.</summary>
    public FileNode? Find(string path)
    {
        if (_entries.TryGetValue(path, out var pending)) return Node(pending.Entry);
        // What a new file stands in place of is gone, with all below it.
        for (var parent = SlashPath.Parent(path); parent.Length > 0; parent = SlashPath.Parent(parent))
            if (_entries.TryGetValue(parent, out var above) && above.Entry.Type != EntryType.Directory) return null;
        return below.Find(path);
    }

    /// <summary>What this step itself puts at a path.</summary>
    public PendingEntry? Pending(string path) => _entries.GetValueOrDefault(path);

    public string Resolve(string path) => LinkPath.Resolve(path, Find);

    /// <summary>Makes the folders of a path that are not there.</summary>
    /// <exception cref="BuildException">Something on the way is no folder.</exception>
    public void MakeFolders(string path, Owner owner, long modified, int mode = FolderMode)
    {
        var at = 0;
        while (at < path.Length)
        {
            var end = path.IndexOf('/', at);
            end = end < 0 ? path.Length : end;
            var part = path[..end];
            var found = Find(part);
            if (found is { IsFolder: false }) throw new BuildException($"cannot make the folder /{path}: /{part} is a file", "choose another target");
            if (found is null)
                Put(new PendingEntry(new LayerEntry { Path = part, Type = EntryType.Directory, Mode = mode, Uid = owner.Uid, Gid = owner.Gid, Modified = new UnixTime(modified, 0) }));
            at = end + 1;
        }
    }

    public void Put(PendingEntry entry)
    {
        if (entry.Entry.Type != EntryType.Directory)
            foreach (var gone in _entries.Keys.Where(k => k.StartsWith(entry.Entry.Path + "/", StringComparison.Ordinal)).ToArray()) _entries.Remove(gone);
        _entries[entry.Entry.Path] = entry;
    }

    /// <summary>
    /// Writes the layer: entries by their names, folders that something lies in with the owner and mode they have below, so that the layer can be
    /// unpacked without what is under it.
    /// </summary>
    public async Task<WrittenLayer> WriteAsync(ContentStore store, LayerCompression? compression, CancellationToken cancellationToken)
    {
        AddParents();
        foreach (var source in _entries.Values.Where(e => e.Source is not null).GroupBy(e => e.Source!))
            await source.Key.PrepareAsync([.. source.Select(e => e.Node!)], cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Write(store, compression ?? LayerCompression.Gzip, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private WrittenLayer Write(ContentStore store, LayerCompression compression, CancellationToken cancellationToken)
    {
        using var layer = new LayerBuilder(store, compression, CompressionLevel.Fastest);
        var written = new Dictionary<(int, ulong, ulong), string>();
        foreach (var (path, pending) in _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = pending.Entry;
            if (pending.Link is { } link && !written.TryAdd(link, path))
            {
                layer.Add(entry with { Type = EntryType.Hardlink, LinkTarget = written[link], Xattrs = [] });
                continue;
            }
            if (pending.Node is { } node) entry = entry with { Xattrs = pending.Source!.Xattrs(node) };
            if (entry.Type != EntryType.File)
            {
                layer.Add(entry);
                continue;
            }
            using var content = pending.Source?.Open(pending.Node!) ?? Stream.Null;
            layer.AddFile(entry, content);
        }
        return layer.Commit();
    }

    private void AddParents()
    {
        foreach (var path in _entries.Keys.ToArray())
        {
            for (var parent = SlashPath.Parent(path); parent.Length > 0 && !_entries.ContainsKey(parent); parent = SlashPath.Parent(parent))
            {
                if (below.Find(parent) is not { IsFolder: true } folder) continue;
                _entries[parent] = new PendingEntry(new LayerEntry
                {
                    Path = parent,
                    Type = EntryType.Directory,
                    Mode = folder.Mode,
                    Uid = folder.Uid,
                    Gid = folder.Gid,
                    Modified = folder.Modified with { Nanoseconds = 0 },
                });
            }
        }
    }

    private static FileNode Node(LayerEntry entry) => new()
    {
        Path = entry.Path,
        Type = entry.Type,
        Mode = entry.Mode,
        Uid = entry.Uid,
        Gid = entry.Gid,
        Modified = entry.Modified,
        Size = entry.Size,
        LinkTarget = entry.Type == EntryType.Symlink ? entry.LinkTarget : null,
    };
}
