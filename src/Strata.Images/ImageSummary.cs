using Strata.Oci;

namespace Strata.Images;

/// <summary>One image of the store in a list: its names, and what it weighs.</summary>
public sealed record ImageSummary
{
    /// <summary>The config's digest: docker's image ID.</summary>
    public required Digest Id { get; init; }

    /// <summary>The digest that a pull by tag resolved to: of the index where there is one, else of the manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The name that this row stands for; null for an image that has lost its name.</summary>
    public required Reference? Name { get; init; }

    /// <summary>What it runs on: this machine's, where the name leads to several.</summary>
    public required Platform Platform { get; init; }

    /// <summary>All that the name leads to here: one, unless the whole index was pulled.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    public required DateTimeOffset? Created { get; init; }

    /// <summary>Compressed bytes: manifest, config and layers as the registry holds them.</summary>
    public required long CompressedSize { get; init; }

    /// <summary>Bytes of all layers unpacked, counted without sharing; null when a layer's index is not there yet.</summary>
    public required long? UnpackedSize { get; init; }

    public required int LayerCount { get; init; }
}
