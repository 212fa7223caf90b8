namespace Strata.Registry.Server;

internal sealed class RepositoryRow
{
    public long Id { get; init; }

    public required string Name { get; init; }
}

/// <summary>A blob is served from a repository only where a row links it there.</summary>
internal sealed class BlobRow
{
    public long RepositoryId { get; init; }

    public required string Digest { get; init; }

    public long Size { get; init; }
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
