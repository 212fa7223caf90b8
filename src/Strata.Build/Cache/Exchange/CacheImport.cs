using System.Text.Json;
using Strata.Build.Graph;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Cache.Exchange;

/// <summary>A cache that was handed on: steps are looked up in it, and a layer is fetched when it is needed.</summary>
internal sealed class CacheImport
{
    private readonly CacheLocation _source;
    private readonly LocalImages _images;
    private readonly CacheDocument _document;

    private CacheImport(CacheLocation source, LocalImages images, CacheDocument document) => (_source, _images, _document) = (source, images, document);

    /// <returns>Null when there is none: a cache that is not there yet is no fault.</returns>
    /// <exception cref="BuildException">It is there and cannot be read.</exception>
    public static async Task<CacheImport?> OpenAsync(CacheLocation source, BuildSession session, CancellationToken cancellationToken)
    {
        try
        {
            var manifest = source.Kind == CacheLocationKind.Registry
                ? await session.Images.FindArtifactAsync(source.Name!, CacheDocument.ArtifactType, cancellationToken).ConfigureAwait(false)
                : await LocalImages.FindArtifactAsync(source.Folder!, source.Tag, CacheDocument.ArtifactType, cancellationToken).ConfigureAwait(false);
            if (manifest is null) return null;
            await FetchAsync(source, session.Images, manifest.Config, cancellationToken).ConfigureAwait(false);
            var document = JsonSerializer.Deserialize(session.Store.ReadDocument(manifest.Config.Digest, CacheDocument.MaxBytes), BuildJson.Default.CacheDocument)!;
            var import = new CacheImport(source, session.Images, document);
            await import.MountsAsync(session, cancellationToken).ConfigureAwait(false);
            return import;
        }
        catch (Exception e) when (e is ImageException or DocumentException or JsonException or IOException or HttpRequestException or Content.ContentMismatchException or Registry.Client.RegistryException)
        {
            throw new BuildException($"the cache of {source} cannot be read: {e.Message}", "build without it, or export it anew with --cache-to", e);
        }
    }

    /// <summary>The record of a step, its layer in the store; null when it is not known here.</summary>
    public async Task<CacheRecord?> FindAsync(string key, CancellationToken cancellationToken)
    {
        if (!_document.Steps.TryGetValue(key, out var record)) return null;
        await FetchAsync(_source, _images, record.Layer, cancellationToken).ConfigureAwait(false);
        return record;
    }

    private static Task FetchAsync(CacheLocation source, LocalImages images, Descriptor blob, CancellationToken cancellationToken) => source.Kind == CacheLocationKind.Registry
        ? images.FetchBlobAsync(source.Name!, blob, cancellationToken)
        : images.FetchBlobAsync(source.Folder!, blob, cancellationToken);

    /// <summary>Folders of cache mounts that this store does not have yet; those that it has stay as they are.</summary>
    private async Task MountsAsync(BuildSession session, CancellationToken cancellationToken)
    {
        var mounts = new CacheMounts(session.Store.Root);
        foreach (var (name, blob) in _document.Mounts.Where(m => !mounts.Has(m.Key)))
        {
            await FetchAsync(_source, _images, blob, cancellationToken).ConfigureAwait(false);
            var folder = session.Work.NewPath();
            Directory.CreateDirectory(folder);
            var content = session.Store.OpenBlob(blob.Digest);
            await using (content.ConfigureAwait(false)) await TreeTar.ExtractAsync(content, folder, e => e, UnpackOptions.Default, cancellationToken).ConfigureAwait(false);
            mounts.Take(name, folder);
        }
    }
}
