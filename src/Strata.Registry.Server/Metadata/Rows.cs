namespace Strata.Registry.Server;

internal sealed class RepositoryRow
{
    public long Id { get; init; }

    public required string Name { get; init; }

    public long NamespaceId { get; init; }

    /// <summary>Of its blobs and manifests.</summary>
    public long Bytes { get; init; }
}

internal sealed class NamespaceRow
{
    public long Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The sum of its contents.</summary>
    public long Bytes { get; init; }

    /// <summary>See <see cref="QuotaSetting.Stored"/>.</summary>
    public long? Quota { get; init; }
}

/// <summary>A blob or manifest that repositories of a namespace have; it counts once.</summary>
internal sealed class NamespaceContentRow
{
    public long NamespaceId { get; init; }

    public required string Digest { get; init; }

    /// <summary>How many of them have it; at 0 the row goes.</summary>
    public long Links { get; init; }

    public long Size { get; init; }
}

/// <summary>A blob is served from a repository only where a row links it there.</summary>
internal sealed class BlobRow
{
    public long RepositoryId { get; init; }

    public required string Digest { get; init; }

    public long Size { get; init; }

    /// <summary>How many manifests of the repository name the blob; deleted ones count until they can no longer be brought back.</summary>
    public long Refs { get; init; }

    /// <summary>When a client last said that it is about to need the blob, or the last manifest that named it went. The lease counts from here.</summary>
    public long Since { get; init; }

    /// <summary>1 where a client deleted the blob while a manifest still names it.</summary>
    public int Hidden { get; init; }
}

/// <summary>The bytes of a blob, once for all repositories that link it.</summary>
internal sealed class StoredBlobRow
{
    public required string Digest { get; init; }

    public long Size { get; init; }

    /// <summary>See <see cref="BlobKey"/>.</summary>
    public required string Generation { get; init; }

    /// <summary>How many repositories link it; at 0 the row and the bytes go.</summary>
    public long Links { get; init; }

    /// <summary>1 where the bytes were found not to have their digest any more: not served until somebody brings them again.</summary>
    public int Damaged { get; init; }

    /// <summary>When the bytes were last known to have their digest.</summary>
    public long Checked { get; init; }
}

/// <summary>A manifest names a blob that its repository does not have yet; it is counted when it comes.</summary>
internal sealed class AwaitedBlobRow
{
    public long RepositoryId { get; init; }

    public required string Digest { get; init; }

    public required string Manifest { get; init; }
}

/// <summary>An index names a manifest of its repository.</summary>
internal sealed class IndexChildRow
{
    public long RepositoryId { get; init; }

    public required string Child { get; init; }

    public required string Parent { get; init; }
}

/// <summary>What a tag named before.</summary>
internal sealed class TagHistoryRow
{
    public long RepositoryId { get; init; }

    public required string Name { get; init; }

    public long Ended { get; init; }

    public required string Digest { get; init; }

    public long Started { get; init; }

    /// <summary>1 where the tag was deleted, 0 where it moved on.</summary>
    public int Deleted { get; init; }
}

/// <summary>The bytes of a manifest, once for all repositories that have it.</summary>
internal sealed class ContentRow
{
    public required string Digest { get; init; }

    public required byte[] Content { get; init; }
}

internal sealed class ManifestRow
{
    public long RepositoryId { get; init; }

    public required string Digest { get; init; }

    public required string MediaType { get; init; }

    public long Size { get; init; }

    /// <summary>The artifact type as referrers shows it: the manifest's own, else its config's media type.</summary>
    public string? ArtifactType { get; init; }

    public string? Subject { get; init; }

    /// <summary>JSON; kept only where a subject makes this a referrer.</summary>
    public string? Annotations { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Pushed { get; init; }

    /// <summary>When it was deleted; 0 while it is not. It can be brought back until garbage collection takes it.</summary>
    public long Deleted { get; init; }
}

internal sealed class TagRow
{
    public long RepositoryId { get; init; }

    public required string Name { get; init; }

    public required string Digest { get; init; }

    /// <summary>Milliseconds since 1970, UTC.</summary>
    public long Updated { get; init; }
}

internal sealed class SchemaRow
{
    public int Version { get; init; }
}
