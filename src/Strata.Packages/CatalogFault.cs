using Strata.Oci;

namespace Strata.Packages;

/// <summary>Something that could not be read; what could be is in the result all the same.</summary>
public sealed record CatalogFault
{
    /// <summary>The file, relative to the root.</summary>
    public required string Path { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Reason { get; init; }

    /// <summary>The layer that has the file; null within the facts of one layer, and for a plain folder.</summary>
    public Digest? DiffId { get; init; }
}
