namespace Strata.Layers.Tar;

/// <summary>
/// Where the stored pieces of a sparse file lie in it: ascending, apart, within its size. GNU tar manual, "Storing Sparse Files".
/// </summary>
internal sealed class SparseMap
{
    /// <summary>Pieces of one file. A file of 4 GiB with every second block stored has half a million.</summary>
    public const int MaxPieces = 1024 * 1024;

    private readonly List<(long Offset, long Length)> _pieces = [];
    private long _end;

    /// <param name="size">The real size of the file.</param>
    public SparseMap(long size)
    {
        if (size < 0) throw new TarException($"a sparse file says its size is {size} bytes");
        Size = size;
    }

    public long Size { get; }

    public int Count => _pieces.Count;

    public (long Offset, long Length) this[int i] => _pieces[i];

    /// <exception cref="TarException">The piece overlaps another, or lies outside of the file.</exception>
    public void Add(long offset, long length)
    {
        if (offset < _end || length < 0 || length > Size - offset) throw new TarException("a sparse file has pieces that overlap or lie outside of it");
        if (_pieces.Count == MaxPieces) throw new TarException($"a sparse file has more than {MaxPieces} pieces");
        _end = offset + length;
        // GNU tar ends a map with an empty piece that only repeats the size.
        if (length > 0) _pieces.Add((offset, length));
    }

    /// <summary>Adds pieces as PAX 0.0 and 0.1 list them: offset, length, offset, length…</summary>
    public void Add(IReadOnlyList<long> numbers)
    {
        if (numbers.Count % 2 != 0) throw new TarException("a sparse file's map has an offset without a length");
        for (var i = 0; i < numbers.Count; i += 2) Add(numbers[i], numbers[i + 1]);
    }
}
