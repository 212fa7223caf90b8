using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Transports;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>Brings an artifact that the store has to a registry.</summary>
    /// <exception cref="RegistryException">The registry cannot be reached, or refuses.</exception>
    public async Task PushArtifactAsync(Reference name, Manifest manifest, CancellationToken cancellationToken)
    {
        await PushBlobsAsync(name, manifest, cancellationToken).ConfigureAwait(false);
        await registries.PutManifestAsync(name, MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>An artifact of a kind at a registry: what the name leads to, or what refers to the image that it leads to.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="RegistryException">The registry cannot be reached.</exception>
    public async Task<Manifest?> FindArtifactAsync(Reference name, string kind, CancellationToken cancellationToken)
    {
        try
        {
            var (top, chosen) = await FirstAsync(name, cancellationToken).ConfigureAwait(false);
            if (top is { } direct && direct.ArtifactType == kind) return direct;
            var referrers = await registries.ListReferrersAsync(name, chosen, cancellationToken).ConfigureAwait(false);
            if (referrers.LastOrDefault(r => r.ArtifactType == kind) is not { } found) return null;
            return Manifest.Parse((await registries.GetManifestAsync(name.WithDigest(found.Digest), cancellationToken).ConfigureAwait(false)).Bytes);
        }
        catch (RegistryException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Brings a blob of an artifact into the store, verified. Hold a lease.</summary>
    public async Task FetchBlobAsync(Reference name, Descriptor blob, CancellationToken cancellationToken)
    {
        if (store.Contains(blob.Digest)) return;
        var stream = await registries.OpenBlobAsync(name, blob, cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false)) await TakeAsync(stream, blob, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes an artifact that the store has to a folder: an OCI image layout. What else the folder has stays.</summary>
    public async Task SaveArtifactAsync(string folder, string? tag, Manifest manifest, CancellationToken cancellationToken)
    {
        var target = new LayoutFolderTarget(folder, tag);
        await using (target.ConfigureAwait(false))
        {
            foreach (var blob in manifest.Layers.Append(manifest.Config).DistinctBy(b => b.Digest))
            {
                if (await target.HasBlobAsync(blob, cancellationToken).ConfigureAwait(false)) continue;
                await target.PutLayerAsync(blob, null, _ => Task.FromResult<Stream>(store.OpenBlob(blob.Digest)), _ => { }, cancellationToken).ConfigureAwait(false);
            }
            var bytes = manifest.ToBytes();
            var descriptor = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = Digest.Of(bytes), Size = bytes.Length, ArtifactType = manifest.ArtifactType };
            await target.NameAsync(new FetchedManifest(descriptor, bytes), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>An artifact of a kind in a layout of a folder; null when there is none.</summary>
    public static async Task<Manifest?> FindArtifactAsync(string folder, string? tag, string kind, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, LayoutDocuments.IndexPath))) return null;
        using var files = new FolderFiles(folder);
        var index = await LayoutDocuments.ReadIndexAsync(files, cancellationToken).ConfigureAwait(false);
        foreach (var entry in (index?.Manifests ?? []).Reverse().Where(m => tag is null || m.Annotations?.GetValueOrDefault(ContentAnnotations.RefName) == tag))
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, LayoutDocuments.BlobPath(entry.Digest)), cancellationToken).ConfigureAwait(false);
            if (Digest.Of(bytes) == entry.Digest && MediaTypes.IsManifest(entry.MediaType) && Manifest.Parse(bytes) is var manifest && manifest.ArtifactType == kind) return manifest;
        }
        return null;
    }

    /// <summary>Brings a blob of a layout's folder into the store, verified. Hold a lease.</summary>
    public async Task FetchBlobAsync(string folder, Descriptor blob, CancellationToken cancellationToken)
    {
        if (store.Contains(blob.Digest)) return;
        var file = File.OpenRead(Path.Combine(folder, LayoutDocuments.BlobPath(blob.Digest)));
        await using (file.ConfigureAwait(false)) await TakeAsync(file, blob, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(Manifest? Top, Digest Chosen)> FirstAsync(Reference name, CancellationToken cancellationToken)
    {
        var top = await registries.GetManifestAsync(name, cancellationToken).ConfigureAwait(false);
        if (!MediaTypes.IsIndex(top.Descriptor.MediaType)) return (Manifest.Parse(top.Bytes), top.Descriptor.Digest);
        var (_, chosen) = await ResolveAsync(name, Platform.Host, allPlatforms: false, cancellationToken).ConfigureAwait(false);
        return (null, chosen.Descriptor.Digest);
    }

    private async Task TakeAsync(Stream source, Descriptor blob, CancellationToken cancellationToken)
    {
        using var ingest = store.Ingest(blob);
        var buffer = new byte[256 * 1024];
        for (int n; (n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) ingest.Write(buffer.AsSpan(0, n));
        ingest.Commit();
    }
}
