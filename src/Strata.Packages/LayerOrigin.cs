using Strata.Oci;

namespace Strata.Packages;

/// <summary>A layer of an image as the origin of something.</summary>
public sealed record LayerOrigin
{
    /// <summary>0 is the base.</summary>
    public required int Layer { get; init; }

    public required Digest DiffId { get; init; }

    /// <summary>The history's words for the layer (<c>created_by</c>), or null where the history does not reach.</summary>
    public string? Instruction { get; init; }
}
