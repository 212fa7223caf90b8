using Strata.Content;
using Strata.Images.Archives;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Transports;

/// <summary>One entry of an OCI image layout, in a folder or in an archive.</summary>
internal sealed class LayoutSource(ILayoutFiles files, Descriptor entry, bool ownsFiles) : IImageSource
{
    public string Name => files.Name;

    public Task<FetchedManifest> ResolveAsync(CancellationToken cancellationToken) => GetManifestAsync(entry, cancellationToken);

    public async Task<FetchedManifest> GetManifestAsync(Descriptor manifest, CancellationToken cancellationToken)
    {
        var bytes = await files.ReadAsync(LayoutDocuments.BlobPath(manifest.Digest), Manifest.MaxBytes, cancellationToken).ConfigureAwait(false)
            ?? throw Missing(manifest);
        if (Digest.Of(bytes, manifest.Digest.Algorithm) != manifest.Digest)
            throw new ImageException($"{files.Name} is damaged: what should be the manifest {manifest.Digest.Short} has another digest", "make it again");
        // The document's own word counts before the entry's: writers of layouts get the latter wrong.
        var type = DocumentType.Of(bytes) ?? manifest.MediaType;
        return new FetchedManifest(new Descriptor { MediaType = type, Digest = manifest.Digest, Size = bytes.Length }, bytes);
    }

    public Task<Stream> OpenBlobAsync(Descriptor blob, CancellationToken cancellationToken)
    {
        var path = LayoutDocuments.BlobPath(blob.Digest);
        var size = files.SizeOf(path) ?? throw Missing(blob);
        if (size != blob.Size)
            throw new ImageException($"{files.Name} is damaged: {blob.Digest.Short} has {size} bytes and should have {blob.Size}", "make it again");
        return Task.FromResult<Stream>(new VerifyingStream(files.Open(path), blob.Digest, blob.Size));
    }

    public ValueTask DisposeAsync()
    {
        if (ownsFiles) files.Dispose();
        return ValueTask.CompletedTask;
    }

    private ImageException Missing(Descriptor blob) =>
        new($"{files.Name} is not whole: {blob.Digest.Short} is not in it", "copy the image again from where it came");
}
