using Strata.Oci;

namespace Strata.Images;

/// <summary>What a pull brought.</summary>
/// <param name="Name">The name that the image has in the store now.</param>
/// <param name="Digest">The digest that the name resolved to at the registry.</param>
/// <param name="Id">The image ID: the config's digest.</param>
/// <param name="IsNew">False when the store had exactly this image under this name.</param>
public sealed record PullResult(Reference Name, Digest Digest, Digest Id, bool IsNew, long TransferredBytes, long ReusedBytes);

/// <summary>How to pull.</summary>
public sealed record PullOptions
{
    /// <summary>Which platform of an index; null is this machine's.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The whole index with all that it names; only this machine's image is unpacked.</summary>
    public bool AllPlatforms { get; init; }

    /// <summary>Layers fetched at once, 1 to 16.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Layers are unpacked as they arrive, so that a container starts at once.</summary>
    public bool Unpack { get; init; } = true;
}

/// <summary>What a push did.</summary>
/// <param name="Digest">The digest of the manifest at the registry, the same as here.</param>
public sealed record PushResult(Reference Name, Digest Digest, long Size, long TransferredBytes, long ReusedBytes);
