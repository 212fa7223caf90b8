using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// A registry whose repositories are mirrored here: they appear under <see cref="Name"/>, and what is asked for is fetched once and kept.
/// The registry declares it; whoever can talk to registries implements it.
/// </summary>
/// <remarks>Each call throws <see cref="UpstreamException"/> when there is no answer to be had; null says that upstream does not have it.</remarks>
public interface IUpstreamRegistry
{
    /// <summary>What stands before the names of its repositories here, without a slash at the end.</summary>
    string Name { get; }

    /// <summary>The registry as references name it, such as <c>docker.io</c>.</summary>
    string Registry { get; }

    /// <summary>True where a name that is not here stands for this registry's.</summary>
    bool IsDefault { get; }

    /// <summary>A tag is asked for again after this time.</summary>
    TimeSpan Refresh { get; }

    /// <summary>What nobody asked for in this time goes; zero keeps it for ever.</summary>
    TimeSpan Keep { get; }

    /// <summary>The manifest that a tag names now, without fetching it: such a question is not counted as a pull.</summary>
    ValueTask<Digest?> FindTagAsync(string repository, string tag, CancellationToken cancellationToken);

    /// <summary>A manifest, verified against its digest.</summary>
    ValueTask<RegistryManifest?> GetManifestAsync(string repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>A blob's size in bytes.</summary>
    ValueTask<long?> FindBlobAsync(string repository, Digest digest, CancellationToken cancellationToken);

    /// <summary>A blob's bytes, not verified. The stream goes on by itself where a connection breaks.</summary>
    ValueTask<Stream> OpenBlobAsync(string repository, Digest digest, long size, CancellationToken cancellationToken);

    /// <summary>What refers to a manifest, in any order; nothing where upstream does not have it.</summary>
    ValueTask<IReadOnlyList<Descriptor>> ListReferrersAsync(string repository, Digest subject, CancellationToken cancellationToken);

    /// <summary>All tags, in any order.</summary>
    ValueTask<IReadOnlyList<string>?> ListTagsAsync(string repository, CancellationToken cancellationToken);
}
