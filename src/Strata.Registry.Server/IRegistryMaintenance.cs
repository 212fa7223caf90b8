using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What an administrator does to a registry that is running, from within the same process and without its access checks.</summary>
public interface IRegistryMaintenance
{
    /// <summary>Removes now what nothing needs, or says what would go.</summary>
    ValueTask<CollectedGarbage> CollectAsync(bool dryRun, CancellationToken cancellationToken);

    /// <summary>Lets go now of mirrored images that nobody has asked for in the time that they are kept. How many tags and manifests.</summary>
    ValueTask<int> SweepMirrorsAsync(CancellationToken cancellationToken);

    /// <summary>Reads every blob now and takes damaged ones out of use.</summary>
    ValueTask<ScrubResult> ScrubAsync(CancellationToken cancellationToken);

    /// <summary>Blobs that were found damaged and that nobody has brought again.</summary>
    IReadOnlyList<Digest> ListDamaged(int most);

    /// <summary>What the tags of a repository named before, the latest first. An empty tag asks for all.</summary>
    IReadOnlyList<PastTag> ListHistory(string repository, string tag, int most);

    /// <summary>Lets a tag name again what it named before it was deleted or moved.</summary>
    /// <param name="repository">The repository's name.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="digest">Which of its manifests; null for the last.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The manifest; null when there is nothing to bring back.</returns>
    ValueTask<Digest?> RestoreTagAsync(string repository, string tag, Digest? digest, CancellationToken cancellationToken);

    /// <summary>Brings back a manifest that was deleted by its digest. False when there is nothing to bring back.</summary>
    ValueTask<bool> RestoreManifestAsync(string repository, Digest digest, CancellationToken cancellationToken);
}
