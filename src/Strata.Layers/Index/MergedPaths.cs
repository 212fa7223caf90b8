namespace Strata.Layers.Indexes;

/// <summary>
/// Goes through the paths of several layers at once, in their order, and says at each what every layer has there. Whoever reads on is shown
/// one
/// path at a time; the layers' sizes do not matter.
/// </summary>
internal sealed class MergedPaths
{
    private readonly Cursor[] _cursors;

    public MergedPaths(IReadOnlyList<LayerIndex> layers)
    {
        _cursors = [.. layers.Select(l => new Cursor(l))];
        States = new PathState[layers.Count];
        foreach (var cursor in _cursors) cursor.Read();
    }

    public byte[] Path { get; private set; } = [];

    /// <summary>What each layer says of <see cref="Path"/>, the base first.</summary>
    public PathState[] States { get; }

    /// <summary>Goes to the next path; false at the end.</summary>
    public bool Next()
    {
        byte[]? least = null;
        foreach (var cursor in _cursors)
            if (cursor.Path is { } path && (least is null || PathOrder.Compare(path, least) < 0)) least = path;
        if (least is null) return false;
        Path = least;
        for (var i = 0; i < _cursors.Length; i++)
        {
            var isAt = _cursors[i].Path is { } path && path.AsSpan().SequenceEqual(least);
            States[i] = isAt ? _cursors[i].State : new PathState(-1, IsFolder: _cursors[i].IsBelow(least), HidesLower: false);
            if (isAt) _cursors[i].Read();
        }
        return true;
    }

    /// <summary>One layer's next path.</summary>
    private sealed class Cursor(LayerIndex layer)
    {
        private readonly byte[] _buffer = new byte[IndexPaths.BufferLength];
        private readonly Queue<(byte[] Path, PathState State)> _ahead = new();
        private int _place;

        /// <summary>Null at the end.</summary>
        public byte[]? Path { get; private set; }

        public PathState State { get; private set; }

        /// <summary>The layer's next path lies in this folder.</summary>
        public bool IsBelow(ReadOnlySpan<byte> folder) => Path is not null && PathOrder.IsBelow(Path, folder);

        public void Read()
        {
            if (_ahead.Count == 0) ReadAhead();
            (Path, State) = _ahead.TryDequeue(out var next) ? next : (null, default);
        }

        /// <summary>
        /// Some at a time: neighbours in the order of paths are mostly neighbours in the tar, and cheap to read one after another.
        /// </summary>
        private void ReadAhead()
        {
            var mapped = layer.Map();
            var reader = new RecordReader(mapped.Span, _buffer);
            while (_place < reader.Count && _ahead.Count < 64)
            {
                reader.MoveTo(reader.Sorted(_place));
                var path = reader.Path.ToArray();
                _ahead.Enqueue((path, LayerIndex.ReadState(ref reader, ref _place, path)));
            }
            GC.KeepAlive(mapped);
        }
    }
}
