using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Reads what the registry holds, from within the same process and without its access checks.</summary>
public interface IRegistryContent
{
    /// <summary>A manifest by tag or digest; null if the repository has none of that name.</summary>
    RegistryManifest? FindManifest(string repository, string reference);

    /// <summary>The bytes of a small blob, such as an image config; null if the repository has none, or it is larger than <paramref name="most"/> bytes.</summary>
    ValueTask<byte[]?> ReadBlobAsync(string repository, Digest digest, int most, CancellationToken cancellationToken);

    /// <summary>The bytes of a blob of any size, to be disposed by the caller; null if the repository has none that can be served.</summary>
    ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>Whether the bytes of a blob, or a manifest, are here at all.</summary>
    bool IsStored(Digest digest);

    /// <summary>Manifests whose subject is another one, in the order of their digests, at most <paramref name="most"/>.</summary>
    IReadOnlyList<Digest> ListReferrers(string repository, Digest subject, int most);

    /// <summary>Repositories that hold a manifest, in order, at most <paramref name="most"/> after <paramref name="after"/>.</summary>
    IReadOnlyList<string> ListRepositories(string after, int most);

    /// <summary>Tags in order, at most <paramref name="most"/> after <paramref name="after"/>; empty if there is no such repository.</summary>
    IReadOnlyList<RegistryTag> ListTags(string repository, string after, int most);
}

/// <summary>A tag, the manifest that it names, and when it was last set.</summary>
public sealed record RegistryTag(string Name, Digest Digest, DateTimeOffset Updated);

/// <summary>A manifest with its bytes.</summary>
public sealed record RegistryManifest(Digest Digest, string MediaType, ReadOnlyMemory<byte> Content);
