namespace Strata.Images.Tests;

/// <summary>Layers on one another that do all that layers do to each other, by chance, and are valid all the same. The same seed gives the same.</summary>
internal sealed class RandomLayers(int seed)
{
    private static readonly string[] Names = ["a", "b", "c", "d"];
    private readonly Random _random = new(seed);

    /// <summary>Every path of the tree so far, and whether it is a folder (true), a file (false) or a symbolic link (null).</summary>
    private readonly SortedDictionary<string, bool?> _tree = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

    public LayerTar Next()
    {
        _touched.Clear();
        List<Action<LayerTar>> gone = [], rest = [];
        for (var i = 0; i < 12; i++) Step(gone, rest);
        // Links go last: what they lead to may be written by the same layer.
        var tar = new LayerTar();
        foreach (var write in gone.Concat(rest)) write(tar);
        return tar;
    }

    private void Step(List<Action<LayerTar>> gone, List<Action<LayerTar>> rest)
    {
        var folders = _tree.Where(p => p.Value == true).Select(p => p.Key).Append("").ToArray();
        var parent = folders[_random.Next(folders.Length)];
        var path = parent.Length == 0 ? Names[_random.Next(Names.Length)] : $"{parent}/{Names[_random.Next(Names.Length)]}";
        if (_touched.Contains(path) || Below(path).Any(_touched.Contains)) return;
        var exists = _tree.TryGetValue(path, out var isFolder);
        var files = _tree.Where(p => p.Value == false && p.Key != path && !p.Key.StartsWith(path + "/", StringComparison.Ordinal)).Select(p => p.Key).ToArray();
        switch (_random.Next(8))
        {
            case 0 when exists:
                Forget(path);
                gone.Add(t => t.Gone(path));
                break;
            case 1 when exists && isFolder == true:
                foreach (var below in Below(path).ToArray()) _tree.Remove(below);
                rest.Insert(0, t => t.Folder(path, 0x1C0));
                gone.Add(t => t.Opaque(path));
                break;
            case 2 or 3 when !exists || isFolder != true || _random.Next(3) == 0:
                if (exists && _random.Next(2) == 0) gone.Add(t => t.Gone(path));
                Put(path, true);
                var mode = _random.Next(2) == 0 ? 0x1ED : 0x1C0;
                rest.Add(t => t.Folder(path, mode));
                break;
            case 4 when files.Length > 0 && !exists:
                var target = files[_random.Next(files.Length)];
                Put(path, false);
                _touched.Add(target);
                rest.Add(t => t.Link(path, target));
                break;
            case 5:
                if (isFolder == true) gone.Add(t => t.Gone(path));
                Put(path, null);
                var to = Names[_random.Next(Names.Length)];
                rest.Add(t => t.Symlink(path, to));
                break;
            default:
                if (exists && _random.Next(3) == 0) gone.Add(t => t.Gone(path));
                Put(path, false);
                var content = new string((char)('a' + _random.Next(26)), _random.Next(2000));
                rest.Add(t => t.File(path, content));
                break;
        }
        _touched.Add(path);
    }

    private void Put(string path, bool? isFolder)
    {
        // A folder over a folder keeps what is in it; everything else replaces.
        if (isFolder != true || !_tree.TryGetValue(path, out var before) || before != true) Forget(path);
        _tree[path] = isFolder;
    }

    private void Forget(string path)
    {
        foreach (var below in Below(path).ToArray()) _tree.Remove(below);
        _tree.Remove(path);
    }

    private IEnumerable<string> Below(string path) => _tree.Keys.Where(p => p.StartsWith(path + "/", StringComparison.Ordinal));
}
