using Strata.Layers;

namespace Strata.Images;

/// <summary>An image, and its files as a container would see them.</summary>
public sealed record ImageFiles(ImageDetails Image, LayeredTree Tree)
{
    /// <summary>What is at a path, links followed; a folder gives what is in it, by name.</summary>
    /// <exception cref="ImageException">There is nothing.</exception>
    public IReadOnlyList<TreeEntry> List(string path)
    {
        var found = Resolve(path);
        return found.Entry.Type == EntryType.Directory ? Tree.Children(found.Entry.Path) : [found];
    }

    /// <summary>What one layer says of a path and of what is directly in it, whiteouts too.</summary>
    /// <exception cref="ImageException">There is no such layer, or it has nothing there.</exception>
    public IReadOnlyList<TreeEntry> List(string path, int layer)
    {
        if (layer < 0 || layer >= Tree.Layers.Count)
            throw new ImageException($"there is no layer {layer}", $"the image has the layers 0 to {Tree.Layers.Count - 1}: strata layers shows them");
        var clean = path.Trim('/');
        var index = Tree.Layers[layer];
        var children = index.Children(clean).ToArray();
        if (children.Length > 0) return [.. children.Select(e => new TreeEntry(e, layer))];
        var entry = index.Find(clean) ?? throw new ImageException($"layer {layer} has nothing at /{clean}", "without --layer, the image as a whole is listed");
        return entry.Type == EntryType.Directory ? [] : [new TreeEntry(entry, layer)];
    }

    /// <summary>The file that a path leads to.</summary>
    /// <exception cref="ImageException">There is nothing, or something else.</exception>
    public TreeEntry FileAt(string path)
    {
        var found = Tree.FileOf(Resolve(path));
        return found.Entry.Type == EntryType.File ? found
            : throw new ImageException($"/{path.Trim('/')} is no file but a {Word(found.Entry.Type)}", "strata ls shows what is there");
    }

    private TreeEntry Resolve(string path)
    {
        if (Tree.Resolve(path) is { } found) return found;
        var parent = path.TrimEnd('/');
        parent = parent[..Math.Max(0, parent.LastIndexOf('/'))];
        var near = Tree.Resolve(parent) is { Entry.Type: EntryType.Directory } folder
            ? Tree.Children(folder.Entry.Path).Select(e => e.Entry.Path[(e.Entry.Path.LastIndexOf('/') + 1)..]).Take(5).ToArray() : [];
        throw new ImageException($"there is no /{path.Trim('/')} in the image",
            near.Length == 0 ? "strata ls shows what is there" : $"in /{parent.Trim('/')} are: {string.Join(", ", near)}");
    }

    private static string Word(EntryType type) => type switch
    {
        EntryType.Directory => "folder",
        EntryType.CharacterDevice or EntryType.BlockDevice => "device",
        EntryType.Fifo => "pipe",
        _ => "link that leads nowhere",
    };
}
