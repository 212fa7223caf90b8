using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

/// <summary>One layer of an image: a set of file changes, and the instruction that made it.</summary>
public sealed record LayerDetails
{
    /// <summary>0 for the base.</summary>
    public required int Position { get; init; }

    /// <summary>Digest, compressed size and media type, as in the manifest.</summary>
    public required Descriptor Descriptor { get; init; }

    /// <summary>The digest of the uncompressed tar.</summary>
    public required Digest DiffId { get; init; }

    public required DateTimeOffset? Created { get; init; }

    /// <summary>The history's created_by, as written; null where the history does not say.</summary>
    public required string? CreatedBy { get; init; }

    /// <summary>Bytes of file content in the layer; null, as are the counts, when the layer's index is not there yet.</summary>
    public required long? UnpackedSize { get; init; }

    /// <summary>Paths that no lower layer of this image has.</summary>
    public int? Added => Changes.Value?.Added;

    /// <summary>Paths that a lower layer has, too, and that this one writes anew.</summary>
    public int? Changed => Changes.Value?.Changed;

    /// <summary>Paths that this layer hides (whiteouts).</summary>
    public int? Removed => Changes.Value?.Removed;

    /// <summary>Counted when first asked for: it takes a walk through all files of all layers. Null when an index on the way is missing.</summary>
    public required Lazy<FileChanges?> Changes { get; init; }

    /// <summary>The layers of an image, base first, from its documents and what is known of each layer.</summary>
    /// <param name="manifest">Of the image.</param>
    /// <param name="config">Of the image.</param>
    /// <param name="unpackedSizes">Bytes of file content by position; null where a layer was not read yet.</param>
    /// <param name="changes">Counts by position; asked for when they are shown.</param>
    public static IReadOnlyList<LayerDetails> Of(Manifest manifest, ImageConfig config, IReadOnlyList<long?> unpackedSizes, Lazy<IReadOnlyList<FileChanges?>> changes)
    {
        var history = config.HistoryOfLayers();
        return [.. config.RootFs.DiffIds.Take(manifest.Layers.Count).Select((diffId, i) => new LayerDetails
        {
            Position = i,
            Descriptor = manifest.Layers[i],
            DiffId = diffId,
            Created = history[i]?.Created,
            CreatedBy = history[i]?.CreatedBy,
            UnpackedSize = unpackedSizes[i],
            Changes = new Lazy<FileChanges?>(() => changes.Value[i]),
        })];
    }

    /// <summary>The instruction as a Dockerfile would have it: without the shell prefix and the builder's marks.</summary>
    public string Instruction => Images.Instruction.Of(CreatedBy);
}
