namespace Strata.Layers.Indexes;

/// <summary>
/// Goes through the paths of several layers at once, in their order, and says at each what every layer has there. Whoever reads on is shown
/// one path at a time; the layers' sizes do not matter.
/// </summary>
internal sealed class MergedPaths
{
    private readonly PathCursor[] _cursors;

    public MergedPaths(IReadOnlyList<LayerIndex> layers)
    {
        _cursors = [.. layers.Select(l => new PathCursor(l))];
        States = new PathState[layers.Count];
    }

    public byte[] Path { get; private set; } = [];

    /// <summary>What each layer says of <see cref="Path"/>, the base first.</summary>
    public PathState[] States { get; }

    /// <summary>Goes to the next path; false at the end.</summary>
    public bool Next()
    {
        if (Least(_cursors) is not { } least) return false;
        Path = least;
        for (var i = 0; i < _cursors.Length; i++) States[i] = _cursors[i].Take(least);
        return true;
    }

    /// <summary>The first of the cursors' paths; null when all are at their ends.</summary>
    public static byte[]? Least(ReadOnlySpan<PathCursor> cursors)
    {
        byte[]? least = null;
        foreach (var cursor in cursors)
            if (cursor.Path is { } path && (least is null || PathOrder.Compare(path, least) < 0)) least = path;
        return least;
    }
}
