using System.Collections.Concurrent;
using System.Text.Json;
using Strata.Build.Graph;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Cache.Exchange;

/// <summary>Makes an artifact of what the steps of a build made, and brings it to where others find it.</summary>
internal sealed class CacheExport(BuildSession session)
{
    /// <summary>All steps that were taken from the cache or done, by key.</summary>
    public ConcurrentDictionary<string, CacheRecord> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the folders of cache mounts that were used.</summary>
    public ConcurrentDictionary<string, bool> Mounts { get; } = new(StringComparer.Ordinal);

    /// <param name="image">What was built: an inline cache is about it.</param>
    /// <param name="kept">Keys of the steps that the image itself has.</param>
    /// <exception cref="BuildException">It cannot be brought there.</exception>
    public async Task RunAsync(CacheLocation target, Digest image, IReadOnlyCollection<string> kept, CancellationToken cancellationToken)
    {
        var manifest = await ManifestAsync(target, kept, cancellationToken).ConfigureAwait(false);
        try
        {
            switch (target.Kind)
            {
                case CacheLocationKind.Registry:
                    await session.Images.PushArtifactAsync(target.Name!, manifest, cancellationToken).ConfigureAwait(false);
                    break;
                case CacheLocationKind.Local:
                    await session.Images.SaveArtifactAsync(target.Folder!, target.Tag, manifest, cancellationToken).ConfigureAwait(false);
                    break;
                default:
                    var subject = new Descriptor { MediaType = MediaTypes.OciManifest, Digest = image, Size = new FileInfo(session.Store.BlobPath(image)).Length };
                    await session.Images.KeepReferrerAsync(manifest with { Subject = subject }, cancellationToken).ConfigureAwait(false);
                    break;
            }
        }
        catch (Exception e) when (e is ImageException or IOException or HttpRequestException or Registry.Client.RegistryException)
        {
            throw new BuildException($"the cache could not be brought to {target}: {e.Message}", "the image is built; check the place, or say ignore-error=true", e);
        }
    }

    private async Task<Manifest> ManifestAsync(CacheLocation target, IReadOnlyCollection<string> kept, CancellationToken cancellationToken)
    {
        var steps = Steps.Where(s => (target.IsMax || kept.Contains(s.Key, StringComparer.Ordinal)) && session.Store.Contains(s.Value.Layer.Digest))
            .ToDictionary(s => s.Key, s => s.Value with { Inputs = null }, StringComparer.Ordinal);
        var mounts = new SortedDictionary<string, Descriptor>(StringComparer.Ordinal);
        if (target.HasMounts)
            foreach (var name in Mounts.Keys) mounts[name] = Pack(name, cancellationToken);
        var document = new CacheDocument { Steps = new SortedDictionary<string, CacheRecord>(steps, StringComparer.Ordinal), Mounts = mounts };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, BuildJson.Default.CacheDocument);
        return new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = CacheDocument.ArtifactType,
            Config = await session.Store.AddDocumentAsync(CacheDocument.ConfigType, bytes, cancellationToken).ConfigureAwait(false),
            Layers = [.. steps.Values.Select(s => s.Layer).Concat(mounts.Values).DistinctBy(l => l.Digest).OrderBy(l => l.Digest.Hex, StringComparer.Ordinal)],
        };
    }

    private Descriptor Pack(string name, CancellationToken cancellationToken)
    {
        var (folder, held) = new CacheMounts(session.Store.Root).Hold(name);
        using (held)
            return LayerWriter.FromFolder(session.Store, folder, new FolderLayerOptions { WithRoot = true }, cancellationToken).Descriptor with { MediaType = CacheDocument.MountType };
    }
}
