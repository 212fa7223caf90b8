using System.Runtime.InteropServices;

namespace Strata.Layers.Indexes;

/// <summary>
/// Goes through two images side by side, and only where they can differ: layers that both have at their bottom are not read but where an
/// upper layer of either says something, or hides in one image what it does not hide in the other.
/// </summary>
internal sealed class PairedPaths
{
    private readonly int _shared;
    private readonly PathCursor[] _below;
    private readonly PathCursor[] _above;
    private readonly Stack<Open> _open = new();

    public PairedPaths(IReadOnlyList<LayerIndex> before, IReadOnlyList<LayerIndex> after)
    {
        while (_shared < Math.Min(before.Count, after.Count) && before[_shared].IsOfSameLayer(after[_shared])) _shared++;
        _below = [.. before.Take(_shared).Select(l => new PathCursor(l))];
        _above = [.. before.Skip(_shared).Concat(after.Skip(_shared)).Select(l => new PathCursor(l))];
        (StatesBefore, StatesAfter) = (new PathState[before.Count], new PathState[after.Count]);
    }

    public byte[] Path { get; private set; } = [];

    /// <summary>What each layer of the image before says of <see cref="Path"/>, the base first.</summary>
    public PathState[] StatesBefore { get; }

    public PathState[] StatesAfter { get; }

    /// <summary>How the layers of the image before lie on each other there; nothing, when none of them mentions the path.</summary>
    public Merging.Merged Before { get; private set; }

    public Merging.Merged After { get; private set; }

    /// <summary>Both images have the same entry of the same layer there, or both have nothing.</summary>
    public bool IsSame => Before.IsThere == After.IsThere && (!Before.IsThere || (Before.Layer == After.Layer && Before.Layer < _shared));

    /// <summary>Goes to the next path; false at the end.</summary>
    public bool Next()
    {
        if (Least() is not { } path) return false;
        Path = path;
        for (var i = 0; i < _shared; i++)
        {
            _below[i].Seek(path);
            StatesBefore[i] = StatesAfter[i] = _below[i].Take(path);
        }
        var own = StatesBefore.Length - _shared;
        for (var i = 0; i < own; i++) StatesBefore[_shared + i] = _above[i].Take(path);
        for (var i = own; i < _above.Length; i++) StatesAfter[_shared + i - own] = _above[i].Take(path);

        var above = _open.TryPeek(out var folder) ? folder : new Open([], 0, 0);
        var (before, after) = (Merging.Of(StatesBefore, above.FloorBefore), Merging.Of(StatesAfter, above.FloorAfter));
        _open.Push(new Open(path, before.Floor, after.Floor));
        (Before, After) = (IsMentioned(StatesBefore) ? before : Merging.Nothing, IsMentioned(StatesAfter) ? after : Merging.Nothing);
        return true;
    }

    /// <summary>The next path at which the images can differ, or a folder on the way to it.</summary>
    private byte[]? Least()
    {
        // The root is on every way.
        if (_open.Count == 0) return _above.Length == 0 || Path.Length > 0 ? null : [];
        var next = MergedPaths.Least(_above);
        while (_open.TryPeek(out var folder))
        {
            if (Differs(folder) && MergedPaths.Least(_below) is { } hidden && PathOrder.IsBelow(hidden, folder.Path)
                && (next is null || PathOrder.Compare(hidden, next) < 0)) return hidden;
            if (next is not null && PathOrder.IsBelow(next, folder.Path)) return OnTheWay(folder.Path, next);
            Leave(_open.Pop());
        }
        return null;
    }

    private static byte[] OnTheWay(byte[] folder, byte[] path)
    {
        var start = folder.Length == 0 ? 0 : folder.Length + 1;
        var end = path.AsSpan(start).IndexOf((byte)'/');
        return end < 0 ? path : path[..(start + end)];
    }

    /// <summary>The shared layers show through in one image, and in the other not, or not as deep.</summary>
    private bool Differs(Open folder) => Math.Min(folder.FloorBefore, _shared) != Math.Min(folder.FloorAfter, _shared);

    /// <summary>What the shared layers have in a folder that was left out must not be taken for what comes next.</summary>
    private void Leave(Open folder)
    {
        byte[]? end = null;
        foreach (var cursor in _below)
            if (cursor.IsBelow(folder.Path)) cursor.Seek(end ??= IndexPaths.Behind(folder.Path));
    }

    private static bool IsMentioned(PathState[] states) => Array.Exists(states, s => s.IsMentioned);

    /// <summary>A path that was passed and may have more below it.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Open(byte[] Path, int FloorBefore, int FloorAfter);
}
