namespace Strata.Vulnerabilities.Feeds;

/// <summary>A file that did not arrive whole, and beside it the mark by which the server knows it again.</summary>
internal sealed class UnfinishedFile
{
    private readonly string _path;
    private readonly string _markPath;

    public UnfinishedFile(string path)
    {
        (_path, _markPath) = (path + ".part", path + ".mark");
        if (File.Exists(_path) && File.Exists(_markPath)) Mark = File.ReadAllText(_markPath);
        if (Length == 0 || Mark is { Length: 0 }) Mark = null;
    }

    /// <summary>Null when there is nothing to go on from.</summary>
    public string? Mark { get; private set; }

    public long Length => File.Exists(_path) ? new FileInfo(_path).Length : 0;

    /// <summary>Nothing of what was there is used. The bytes go first: a mark of another file must never stand beside them.</summary>
    public void Begin(string? mark)
    {
        Remove();
        if (mark is not null) File.WriteAllText(_markPath, mark);
        Mark = mark;
    }

    public FileStream Append() => new(_path, FileMode.Append, FileAccess.Write);

    public void Publish(string path)
    {
        File.Move(_path, path, overwrite: true);
        File.Delete(_markPath);
    }

    public void Remove()
    {
        File.Delete(_path);
        File.Delete(_markPath);
        Mark = null;
    }
}
