namespace Strata.Layers;

/// <summary>What a layer sums up to. Read from the first bytes of its index: the entries are not touched.</summary>
public sealed record LayerTotals
{
    /// <summary>Entries of all kinds, whiteouts too.</summary>
    public required long Entries { get; init; }

    public required long Files { get; init; }

    public required long Directories { get; init; }

    /// <summary>Paths that the layer removes; opaque directories are not counted.</summary>
    public required long Removals { get; init; }

    /// <summary>Bytes of file content that the layer brings, holes included.</summary>
    public required long ContentSize { get; init; }

    /// <summary>
    /// The layer's root is opaque: it hides all layers below. Overlayfs does not honour such a mark of a root; who mounts the layers must
    /// leave
    /// the lower ones out.
    /// </summary>
    public required bool HidesLowerLayers { get; init; }
}
