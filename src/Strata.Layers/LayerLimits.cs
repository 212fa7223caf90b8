namespace Strata.Layers;

/// <summary>
/// What a layer may ask of whoever reads it. Real layers stay far below; an archive made to fill a disk or a memory does not. A layer that
/// goes beyond is refused as a whole.
/// </summary>
public sealed record LayerLimits
{
    public static LayerLimits Default { get; } = new();

    /// <summary>Entries of one layer. Range: 1 to 100,000,000. Default: 4,000,000; the largest public images have some 500,000.</summary>
    public long MaxEntries { get; init; } = 4_000_000;

    /// <summary>Bytes of all files together, holes included. Range: 1 byte to 1 PiB. Default: 256 GiB.</summary>
    public long MaxContentBytes { get; init; } = 256L << 30;

    /// <summary>Folders in one path, its own name included. Range: 1 to 2,000. Default: 256.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range; all of them are named.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (MaxEntries is < 1 or > 100_000_000) faults.Add($"{nameof(MaxEntries)} is {MaxEntries}; it must be 1 to 100,000,000");
        if (MaxContentBytes is < 1 or > 1L << 50) faults.Add($"{nameof(MaxContentBytes)} is {MaxContentBytes}; it must be 1 to 1 PiB");
        if (MaxDepth is < 1 or > 2000) faults.Add($"{nameof(MaxDepth)} is {MaxDepth}; it must be 1 to 2,000");
        if (faults.Count > 0) throw new ArgumentOutOfRangeException(nameof(LayerLimits), string.Join("; ", faults));
    }
}
