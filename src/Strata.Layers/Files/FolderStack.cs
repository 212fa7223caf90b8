namespace Strata.Layers.Files;

/// <summary>
/// The open folders from a root to the place where the work is. Entries of one folder come together in a tar, so that most of the way is
/// open already. Goes down name by name without following links; only <see cref="TryThroughLink"/> does, and that cannot leave the root.
/// </summary>
internal sealed class FolderStack(int root) : IDisposable
{
    private readonly List<(byte[] Name, int Folder)> _open = [];

    public int Depth => _open.Count;

    public int Top => At(_open.Count);

    /// <summary>The folder so many names below the root.</summary>
    public int At(int depth) => depth == 0 ? root : _open[depth - 1].Folder;

    /// <summary>Goes to the folder of the first <paramref name="depth"/> names, as far as there are folders.</summary>
    /// <returns>True when it arrived; else <see cref="Top"/> is the last folder on the way, and the kernel's error says what is behind
    /// it.</returns>
    public bool TryGo(PathParts path, int depth)
    {
        var shared = 0;
        while (shared < depth && shared < _open.Count && path[shared].SequenceEqual(_open[shared].Name)) shared++;
        Shrink(shared);
        while (_open.Count < depth)
        {
            var name = path[_open.Count];
            var folder = Native.OpenAt(Top, name, Native.Open.Folder, 0);
            if (folder < 0) return false;
            _open.Add((name.ToArray(), folder));
        }
        return true;
    }

    /// <summary>Takes the next name although it is a link: to where it leads inside the root. False when that is no folder.</summary>
    public bool TryThroughLink(PathParts path)
    {
        var next = _open.Count;
        var way = new List<byte>();
        for (var i = 0; i <= next; i++)
        {
            if (i > 0) way.Add((byte)'/');
            way.AddRange(path[i][..^1]);
        }
        way.Add(0);
        var folder = Native.OpenInside(root, way.ToArray());
        if (folder < 0) return false;
        _open.Add((path[next].ToArray(), folder));
        return true;
    }

    /// <summary>Closes all below the first <paramref name="depth"/> folders.</summary>
    public void Shrink(int depth)
    {
        for (var i = _open.Count - 1; i >= depth; i--)
        {
            _ = Native.Close(_open[i].Folder);
            _open.RemoveAt(i);
        }
    }

    public void Dispose() => Shrink(0);
}
