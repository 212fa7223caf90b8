using Strata.Oci;

namespace Strata.Images;

/// <summary>What a copy did.</summary>
/// <param name="Digest">What the target's name leads to, the same as at the source.</param>
public sealed record CopyResult(Digest Digest, string MediaType, long TransferredBytes, long ReusedBytes);

/// <summary>How to copy.</summary>
public sealed record CopyOptions
{
    /// <summary>Which image of an index; null is this machine's, or all that the store has under the name, where the target can hold them.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The whole index with all that it names. Registries and OCI layouts can hold one.</summary>
    public bool AllPlatforms { get; init; }
}
