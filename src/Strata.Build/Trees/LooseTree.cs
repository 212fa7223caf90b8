using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Trees;

/// <summary>Single files in a root: here-documents, and what was fetched.</summary>
internal sealed class LooseTree : FileTree
{
    private readonly Dictionary<string, FileNode> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Stream>> _contents = new(StringComparer.Ordinal);

    public LooseTree Add(string name, int mode, byte[] content, UnixTime modified) =>
        Add(name, mode, content.Length, Digest.Of(content), () => new MemoryStream(content, writable: false), modified);

    public LooseTree Add(string name, int mode, long size, Digest digest, Func<Stream> open, UnixTime modified)
    {
        _files[name] = new FileNode { Path = name, Type = EntryType.File, Mode = mode, Size = size, Modified = modified, ContentDigest = digest };
        _contents[name] = open;
        return this;
    }

    public override FileNode? Find(string path) => path.Length == 0 ? new FileNode { Path = "", Type = EntryType.Directory, Mode = 0x1ED } : _files.GetValueOrDefault(path);

    public override IReadOnlyList<FileNode> Children(FileNode folder) => [.. _files.Values];

    public override Digest ContentOf(FileNode file) => file.ContentDigest!.Value;

    public override Stream Open(FileNode file) => _contents[file.Path]();
}
