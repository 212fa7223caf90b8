using System.Buffers;
using Strata.Layers.Indexes;
using Strata.Layers.Tar;

namespace Strata.Layers;

public sealed partial class LayerIndex
{
    /// <summary>
    /// What the layer has under a path: the last entry that is no whiteout, or a folder that it does not mention but has something in
    /// (<see cref="LayerEntry.IsImplied"/>). Null when it has nothing there.
    /// </summary>
    public LayerEntry? Find(string path)
    {
        var encoded = IndexPaths.Encode(path);
        return Entry(StateOf(encoded), encoded);
    }

    /// <summary>
    /// What the layer has in a folder, by name: entries, folders it does not mention, and whiteouts where nothing else is.
    /// </summary>
    public IEnumerable<LayerEntry> Children(string folder)
    {
        foreach (var (path, state) in ChildStates(IndexPaths.Encode(folder)))
            yield return Entry(state, path) ?? new LayerEntry { Path = PathText.Decode(path), Type = EntryType.File, Whiteout = Whiteout.Path };
    }

    internal PathState StateOf(ReadOnlySpan<byte> path)
    {
        var mapped = Map();
        var buffer = ArrayPool<byte>.Shared.Rent(IndexPaths.BufferLength);
        var reader = new RecordReader(mapped.Span, buffer);
        var place = reader.LowerBound(path);
        var state = ReadState(ref reader, ref place, path);
        GC.KeepAlive(mapped);
        ArrayPool<byte>.Shared.Return(buffer);
        return state;
    }

    /// <summary>The paths directly in a folder, in their order, with what the layer says of each.</summary>
    internal IReadOnlyList<(byte[] Path, PathState State)> ChildStates(ReadOnlySpan<byte> folder)
    {
        var found = new List<(byte[], PathState)>();
        var mapped = Map();
        var reader = new RecordReader(mapped.Span, new byte[IndexPaths.BufferLength]);
        Span<byte> search = new byte[IndexPaths.BufferLength];
        folder.CopyTo(search);
        var prefix = folder.Length == 0 ? 0 : folder.Length + 1;
        if (prefix > 0) search[folder.Length] = (byte)'/';
        for (var place = reader.LowerBound(prefix == 0 ? [1] : search[..prefix]); place < reader.Count;)
        {
            reader.MoveTo(reader.Sorted(place));
            if (!PathOrder.IsBelow(reader.Path, folder)) break;
            var end = reader.Path[prefix..].IndexOf((byte)'/');
            var child = (end < 0 ? reader.Path : reader.Path[..(prefix + end)]).ToArray();
            found.Add((child, ReadState(ref reader, ref place, child)));
            place = PlaceBehind(ref reader, place, child, search);
        }
        GC.KeepAlive(mapped);
        return found;
    }

    /// <summary>Reads all records of a path; <paramref name="place"/> comes to stand behind them.</summary>
    internal static PathState ReadState(ref RecordReader reader, ref int place, ReadOnlySpan<byte> path)
    {
        var state = new PathState(-1, IsFolder: false, HidesLower: false);
        for (; place < reader.Count; place++)
        {
            var number = reader.Sorted(place);
            reader.MoveTo(number);
            if (!reader.Path.SequenceEqual(path)) return PathOrder.IsBelow(reader.Path, path) && state.Number < 0 ? state with { IsFolder = true } : state;
            state = reader.Whiteout != Whiteout.None
                ? new PathState(state.Number, state.IsFolder || reader.Whiteout == Whiteout.Opaque, HidesLower: true)
                : new PathState(number, reader.Type == EntryType.Directory, state.HidesLower || reader.Type != EntryType.Directory);
        }
        return state;
    }

    internal LayerEntry? Entry(PathState state, ReadOnlySpan<byte> path)
    {
        if (state.Number < 0) return state.IsFolder ? Implied(path) : null;
        var mapped = Map();
        var buffer = ArrayPool<byte>.Shared.Rent(IndexPaths.BufferLength);
        var reader = new RecordReader(mapped.Span, buffer);
        reader.MoveTo(state.Number);
        var entry = reader.ToEntry();
        GC.KeepAlive(mapped);
        ArrayPool<byte>.Shared.Return(buffer);
        return entry;
    }

    internal static LayerEntry Implied(ReadOnlySpan<byte> path) =>
        new() { Path = PathText.Decode(path), Type = EntryType.Directory, Mode = 0x1ED, IsImplied = true };

    /// <summary>The first place that is neither the path nor in it.</summary>
    private static int PlaceBehind(ref RecordReader reader, int place, byte[] path, Span<byte> search)
    {
        if (place >= reader.Count || !PathOrder.IsBelow(reader.Path, path)) return place;
        path.CopyTo(search);
        // The lowest byte but the slash: nothing in the folder comes behind it, everything else does.
        search[path.Length] = 1;
        return reader.LowerBound(search[..(path.Length + 1)], place);
    }
}
