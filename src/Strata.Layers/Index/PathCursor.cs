namespace Strata.Layers.Indexes;

/// <summary>Stands at one path of a layer, in the order of paths, and goes on to later ones.</summary>
internal sealed class PathCursor
{
    private const int Most = 64;

    private readonly LayerIndex _layer;
    private readonly byte[] _buffer = new byte[IndexPaths.BufferLength];
    private readonly Queue<(byte[] Path, PathState State)> _ahead = new();
    private int _place;
    private int _most = 1;

    public PathCursor(LayerIndex layer)
    {
        _layer = layer;
        Read();
    }

    /// <summary>Null at the end.</summary>
    public byte[]? Path { get; private set; }

    private PathState State { get; set; }

    /// <summary>What the layer says of a path that is not behind the cursor, which goes on if it stands there.</summary>
    public PathState Take(ReadOnlySpan<byte> path)
    {
        if (Path is null || !Path.AsSpan().SequenceEqual(path)) return new PathState(-1, IsFolder: IsBelow(path), HidesLower: false);
        var state = State;
        Read();
        return state;
    }

    /// <summary>The layer's next path lies in this folder.</summary>
    public bool IsBelow(ReadOnlySpan<byte> folder) => Path is not null && PathOrder.IsBelow(Path, folder);

    /// <summary>Goes to the first path that is not before <paramref name="path"/>; what is near is found sooner than what is far.</summary>
    public void Seek(ReadOnlySpan<byte> path)
    {
        while (Path is not null && _ahead.Count > 0 && PathOrder.Compare(Path, path) < 0) (Path, State) = _ahead.Dequeue();
        if (Path is null || PathOrder.Compare(Path, path) >= 0) return;
        var mapped = _layer.Map();
        var reader = new RecordReader(mapped.Span, _buffer);
        _place = reader.LowerBoundNear(path, _place);
        GC.KeepAlive(mapped);
        // Who jumps will mostly jump on.
        _most = 1;
        Read();
    }

    private void Read()
    {
        if (_ahead.Count == 0) ReadAhead();
        (Path, State) = _ahead.TryDequeue(out var next) ? next : (null, default);
    }

    /// <summary>
    /// Some at a time, ever more: neighbours in the order of paths are mostly neighbours in the tar, and cheap to read one after another.
    /// </summary>
    private void ReadAhead()
    {
        var mapped = _layer.Map();
        var reader = new RecordReader(mapped.Span, _buffer);
        while (_place < reader.Count && _ahead.Count < _most)
        {
            reader.MoveTo(reader.Sorted(_place));
            var path = reader.Path.ToArray();
            _ahead.Enqueue((path, LayerIndex.ReadState(ref reader, ref _place, path)));
        }
        GC.KeepAlive(mapped);
        _most = Math.Min(_most * 2, Most);
    }
}
