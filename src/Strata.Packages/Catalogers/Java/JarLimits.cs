namespace Strata.Packages.Catalogers.Java;

/// <summary>Far above what real archives need.</summary>
internal sealed record JarLimits
{
    public static JarLimits Default { get; } = new();

    /// <summary>Archives in archives in archives; an ear with a war with a jar has three.</summary>
    public int Depth { get; init; } = 16;

    /// <summary>Bytes that are unpacked of one file and all that is in it.</summary>
    public long Unpacked { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Archives in one file.</summary>
    public int Archives { get; init; } = 10_000;

    /// <summary>Bytes of a manifest, or of what Maven says.</summary>
    public int Text { get; init; } = 4 * 1024 * 1024;

    /// <summary>Entries of one file and all that is in it.</summary>
    public long Entries { get; init; } = 20_000_000;
}
