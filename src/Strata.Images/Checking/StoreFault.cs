using Strata.Oci;

namespace Strata.Images;

/// <summary>One thing that is wrong in the store.</summary>
/// <param name="Content">What it is about: a blob's digest, or for <see cref="FaultKind.BadIndex"/> a layer's diffID.</param>
/// <param name="What">What the content is, in a word: manifest, config, layer, index.</param>
/// <param name="Images">The images that need it, as people know them.</param>
/// <param name="Detail">What was found, in one line.</param>
public sealed record StoreFault(FaultKind Kind, Digest Content, string What, IReadOnlyList<string> Images, string Detail)
{
    /// <summary>The descriptor to fetch it by; null for what is derived, or cannot be fetched.</summary>
    internal Descriptor? Descriptor { get; init; }

    /// <summary>The layer's promised diffID, where it is about a layer.</summary>
    internal Digest? DiffId { get; init; }

    /// <summary>The manifests of the images that need it.</summary>
    internal IReadOnlyList<Digest> Manifests { get; init; } = [];
}

public enum FaultKind
{
    /// <summary>An image needs it, and the store does not have it.</summary>
    Missing,

    /// <summary>Its content has another digest or size.</summary>
    Damaged,

    /// <summary>The layer is as its digest says, but not the one that the config promises, or no layer at all. No registry has a better one.</summary>
    WrongLayer,

    /// <summary>A document is as its digest says and is not valid.</summary>
    Invalid,

    /// <summary>A layer's index, which is derived, is missing or cannot be read. It can be made again.</summary>
    BadIndex,
}

/// <summary>What a check of the store found.</summary>
public sealed record StoreCheck(int Images, int Blobs, long Bytes, IReadOnlyList<StoreFault> Faults)
{
    public bool IsClean => Faults.Count == 0;
}

/// <summary>What became of a fault.</summary>
/// <param name="Repaired">Whether it is gone.</param>
/// <param name="Outcome">How it was mended, or why not, in one line.</param>
public sealed record RepairedFault(StoreFault Fault, bool Repaired, string Outcome);
