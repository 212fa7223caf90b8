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

    /// <summary>The instruction as a Dockerfile would have it: without the shell prefix and the builder's marks.</summary>
    public string Instruction => Images.Instruction.Of(CreatedBy);
}

/// <summary>How many paths a layer adds to, changes in and takes from what is below it.</summary>
public sealed record FileChanges(int Added, int Changed, int Removed);
