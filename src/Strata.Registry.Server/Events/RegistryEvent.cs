using Strata.Oci;

namespace Strata.Registry.Server;

public enum RegistryEventKind
{
    /// <summary>A manifest came, by its digest or with a tag.</summary>
    ManifestPushed,

    /// <summary>A tag is new or names another manifest than before. Follows the manifest's own event.</summary>
    TagMoved,

    TagDeleted,

    /// <summary>A manifest was deleted; each tag that named it has had its own event before.</summary>
    ManifestDeleted,

    /// <summary>A client got a manifest with GET; HEAD is a check for news and does not count.</summary>
    ManifestPulled,
}

/// <summary>Something that happened to a manifest or a tag.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Repository">The repository's name.</param>
/// <param name="Reference">The tag, or the digest where no tag was named.</param>
/// <param name="Digest">The manifest's digest; unknown (<c>default</c>) never occurs.</param>
/// <param name="MediaType">The manifest's media type; empty for deletions.</param>
public sealed record RegistryEvent(RegistryEventKind Kind, string Repository, string Reference, Digest Digest, string MediaType);
