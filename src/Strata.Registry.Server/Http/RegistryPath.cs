using Strata.Oci;

namespace Strata.Registry.Server;

internal enum RegistryResource
{
    Ping,
    Catalog,
    Uploads,
    Upload,
    Blob,
    Manifest,
    Tags,
    Referrers,
}

/// <summary>
/// A path under /v2/, taken apart from its end, because a repository's name may contain slashes and the very words of the end-points.
/// </summary>
/// <param name="Resource">The end-point.</param>
/// <param name="Repository">The repository's name, not yet checked; empty for ping and catalog.</param>
/// <param name="Last">The digest, reference or upload ID, not yet checked; else empty.</param>
internal readonly record struct RegistryPath(RegistryResource Resource, string Repository, string Last)
{
    public bool NameIsValid => Resource is RegistryResource.Ping or RegistryResource.Catalog || ReferenceGrammar.IsRepository(Repository);

    /// <param name="path">The request's path, beginning with /v2.</param>
    /// <param name="result">The parts.</param>
    public static bool TryParse(ReadOnlySpan<char> path, out RegistryPath result)
    {
        result = default;
        var rest = path.Length <= 3 ? [] : path[4..];
        if (rest.IsEmpty) return Found(RegistryResource.Ping, "", "", out result);
        if (rest is "_catalog") return Found(RegistryResource.Catalog, "", "", out result);
        if (rest.EndsWith("/blobs/uploads/")) return Found(RegistryResource.Uploads, rest[..^"/blobs/uploads/".Length], "", out result);
        if (rest.EndsWith("/blobs/uploads")) return Found(RegistryResource.Uploads, rest[..^"/blobs/uploads".Length], "", out result);
        if (rest.EndsWith("/tags/list")) return Found(RegistryResource.Tags, rest[..^"/tags/list".Length], "", out result);

        var slash = rest.LastIndexOf('/');
        if (slash <= 0) return false;
        var head = rest[..slash];
        var last = rest[(slash + 1)..];
        if (head.EndsWith("/blobs/uploads")) return Found(RegistryResource.Upload, head[..^"/blobs/uploads".Length], last, out result);
        if (head.EndsWith("/blobs")) return Found(RegistryResource.Blob, head[..^"/blobs".Length], last, out result);
        if (head.EndsWith("/manifests")) return Found(RegistryResource.Manifest, head[..^"/manifests".Length], last, out result);
        if (head.EndsWith("/referrers")) return Found(RegistryResource.Referrers, head[..^"/referrers".Length], last, out result);
        return false;
    }

    private static bool Found(RegistryResource resource, ReadOnlySpan<char> repository, ReadOnlySpan<char> last, out RegistryPath result)
    {
        result = new RegistryPath(resource, repository.ToString(), last.ToString());
        return true;
    }
}
