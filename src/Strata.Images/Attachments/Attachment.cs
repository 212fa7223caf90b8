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

    /// <summary>The annotation that says what the statement in a document is about, as BuildKit writes it.</summary>
    public const string PredicateAnnotation = "in-toto.io/predicate-type";

    /// <summary>What builders and signers write of the statement in a document; null where they do not.</summary>
    public static string? PredicateOf(Descriptor content) =>
        content.Annotations?.GetValueOrDefault(PredicateAnnotation) ?? content.Annotations?.GetValueOrDefault("predicateType");

    /// <summary>The tags under which cosign puts what it attaches to a manifest.</summary>
    public static IEnumerable<string> TagsOf(Digest manifest) => ((string[])[".att", ".sbom"]).Select(suffix => $"{manifest.Algorithm.Prefix()}-{manifest.Hex}{suffix}");

    /// <summary>Whether an entry of an index is attached to another one. BuildKit, "Image attestation storage": its annotations say so.</summary>
    public static bool IsOf(Descriptor entry, Digest image) =>
        entry.Annotations?.GetValueOrDefault("vnd.docker.reference.type") == "attestation-manifest"
        && entry.Annotations.GetValueOrDefault("vnd.docker.reference.digest") == image.ToString();

    /// <summary>The documents that a manifest holds.</summary>
    /// <param name="by">How it was found.</param>
    /// <param name="digest">Of the manifest.</param>
    /// <param name="mediaType">Of the manifest, as the registry says it.</param>
    /// <param name="bytes">The manifest.</param>
    /// <param name="subject">What it is listed for, where a list says so; null otherwise.</param>
    /// <exception cref="DocumentException">It is no manifest, or another subject's.</exception>
    public static IEnumerable<Attachment> Read(AttachedBy by, Digest digest, string mediaType, ReadOnlySpan<byte> bytes, Digest? subject)
    {
        if (!MediaTypes.IsManifest(mediaType)) throw new DocumentException($"it has the media type {mediaType}, and should be a manifest");
        var manifest = Oci.Manifest.Parse(bytes);
        // A list may say anything; the manifest's own word counts.
        if (subject is not null && manifest.Subject?.Digest != subject) throw new DocumentException("it is listed for this image, and its own subject is another");
        var type = manifest.ArtifactType ?? (manifest.Config.MediaType is MediaTypes.OciConfig or MediaTypes.OciEmpty or MediaTypes.DockerConfig ? null : manifest.Config.MediaType);
        return manifest.Layers.Select(l => new Attachment { AttachedBy = by, Manifest = digest, ArtifactType = type, Content = l });
    }
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
