using Strata.Oci;

namespace Strata.Images;

/// <summary>One document that somebody attached to an image in its registry.</summary>
public sealed record Attachment
{
    public required AttachedBy AttachedBy { get; init; }

    /// <summary>The manifest that holds it.</summary>
    public required Digest Manifest { get; init; }

    /// <summary>What the manifest says it is; null where it does not.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The document: its media type, digest, size and annotations. Null when the manifest cannot be read.</summary>
    public Descriptor? Content { get; init; }

    /// <summary>Why the manifest cannot be read; null when it can.</summary>
    public string? Fault { get; init; }
}

/// <summary>By which convention a document is attached.</summary>
public enum AttachedBy
{
    /// <summary>A manifest whose subject is the image. OCI distribution spec 1.1, "Listing Referrers".</summary>
    Referrer,

    /// <summary>A tag made of the image's digest, as cosign makes it: <c>sha256-HEX.att</c>, <c>sha256-HEX.sbom</c>.</summary>
    Tag,

    /// <summary>A manifest beside the image in its index, as BuildKit makes it.</summary>
    Index,
}
