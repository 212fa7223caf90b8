namespace Strata.Hub;

/// <summary>An image that was read, or given up; one that waits has no row.</summary>
internal sealed class ScanRow
{
    public required string Manifest { get; init; }

    public required string Repository { get; init; }

    /// <summary>See <see cref="ImageScanState"/>.</summary>
    public int State { get; init; }

    public string? Reason { get; init; }

    /// <summary>The format of facts of the program that gave it up: a newer one may read it.</summary>
    public int Reader { get; init; }

    /// <summary>Milliseconds since 1970, UTC; so are the other times.</summary>
    public long Ended { get; init; }

    /// <summary>Null where it was not compared.</summary>
    public string? Data { get; init; }

    public int Result { get; init; }

    public int Critical { get; init; }

    public int High { get; init; }

    public int Medium { get; init; }

    public int Low { get; init; }

    public int Negligible { get; init; }

    public int Unknown { get; init; }

    public int Fixable { get; init; }

    public int Undecided { get; init; }

    public int WithoutData { get; init; }

    public long? Updated { get; init; }

    public long Matched { get; init; }

    /// <summary>See <see cref="ScanDocument"/>.</summary>
    public byte[]? Document { get; init; }
}
