using System.Collections.Concurrent;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>The files of an image or a stage, from the indexes of its layers. Contents are read from unpacked layers, or taken out of packed ones.</summary>
internal sealed class ImageTree(ContentStore store, IReadOnlyList<BuiltLayer> layers, LayeredTree tree, WorkFolder work) : FileTree
{
    private readonly ConcurrentDictionary<(int Layer, long Offset), string> _taken = new();
    private readonly ConcurrentDictionary<(int Layer, long Offset), IReadOnlyList<KeyValuePair<string, byte[]>>> _xattrs = new();

    public override FileNode? Find(string path) => path.Length == 0 ? Root() : tree.Find(path) is { } found ? Node(found) : null;

    public override IReadOnlyList<FileNode> Children(FileNode folder) => [.. tree.Children(folder.Path).Select(Node)];

    public override Digest ContentOf(FileNode file) => file.ContentDigest ?? Digest.Of([]);

    public override async Task PrepareAsync(IReadOnlyList<FileNode> files, CancellationToken cancellationToken)
    {
        var wanted = files.Where(f => f.Origin is TreeEntry).Select(f => (TreeEntry)f.Origin!).Where(e => NeedsLayer(e)).GroupBy(e => e.Layer);
        foreach (var layer in wanted)
        {
            var takers = layer.DistinctBy(e => e.Entry.Offset).ToDictionary(e => e.Entry.Offset, e => e.Entry);
            var taker = new FileTaker(takers, work);
            var blob = store.OpenBlob(layers[layer.Key].Descriptor.Digest);
            await using (blob.ConfigureAwait(false))
                await LayerReader.ReadAsync(blob, layers[layer.Key].DiffId, [taker], cancellationToken).ConfigureAwait(false);
            foreach (var (offset, path) in taker.Taken) _taken[(layer.Key, offset)] = path;
            foreach (var (offset, xattrs) in taker.Xattrs) _xattrs[(layer.Key, offset)] = xattrs;
        }
    }

    public override Stream Open(FileNode file)
    {
        if (file.Size == 0) return Stream.Null;
        var (entry, layer) = (TreeEntry)file.Origin!;
        if (_taken.TryGetValue((layer, entry.Offset), out var path)) return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return LayerContent.TryOpenUnpacked(store.Layers, layers[layer].DiffId, entry)
            ?? throw new BuildException($"/{file.Path} cannot be read from layer {layers[layer].Descriptor.Digest.Short}", "run it again: what was unpacked of the layer is gone");
    }

    public override IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs(FileNode node) =>
        node.Origin is TreeEntry e ? _xattrs.GetValueOrDefault((e.Layer, e.Entry.Offset)) ?? [] : [];

    private bool NeedsLayer(TreeEntry found)
    {
        if (_taken.ContainsKey((found.Layer, found.Entry.Offset))) return false;
        if (found.Entry.Xattrs.Count > 0) return true;
        if (found.Entry.Type != EntryType.File || found.Entry.Size == 0) return false;
        using var unpacked = LayerContent.TryOpenUnpacked(store.Layers, layers[found.Layer].DiffId, found.Entry);
        return unpacked is null;
    }

    private FileNode Root() => tree.Find("") is { } root ? Node(root) : new FileNode { Path = "", Type = EntryType.Directory, Mode = 0x1ED };

    private FileNode Node(TreeEntry found)
    {
        var file = tree.FileOf(found);
        var entry = file.Entry;
        return new FileNode
        {
            Path = found.Entry.Path,
            Type = entry.Type,
            Mode = entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            Modified = entry.Modified,
            Size = entry.Size,
            LinkTarget = entry.Type == EntryType.Symlink ? entry.LinkTarget : null,
            DeviceMajor = entry.DeviceMajor,
            DeviceMinor = entry.DeviceMinor,
            Identity = entry.Type == EntryType.File ? ((ulong)file.Layer, (ulong)entry.Offset) : null,
            ContentDigest = entry.ContentDigest,
            Origin = file,
        };
    }

    /// <summary>Takes some files out of a layer that streams by.</summary>
    private sealed class FileTaker(Dictionary<long, LayerEntry> wanted, WorkFolder work) : ILayerVisitor
    {
        private FileStream? _open;

        public List<(long Offset, string Path)> Taken { get; } = [];

        public List<(long Offset, IReadOnlyList<KeyValuePair<string, byte[]>> Xattrs)> Xattrs { get; } = [];

        public bool Enter(LayerEntry entry)
        {
            if (!wanted.TryGetValue(entry.Offset, out var known) || known.Path != entry.Path) return false;
            if (entry.Xattrs.Count > 0) Xattrs.Add((entry.Offset, entry.Xattrs));
            if (entry.Type != EntryType.File || entry.Size == 0) return false;
            var path = work.NewPath();
            _open = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            Taken.Add((entry.Offset, path));
            return true;
        }

        public void Content(ReadOnlySpan<byte> bytes) => _open!.Write(bytes);

        public void Leave()
        {
            _open!.Dispose();
            _open = null;
        }
    }
}
