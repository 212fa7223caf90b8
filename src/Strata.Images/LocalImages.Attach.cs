using Strata.Content;
using Strata.Images.Attachments;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Attaches a document to an image in its registry, as a manifest whose subject is the image. The same document gives the same manifest;
    /// calling it again is harmless. OCI image spec, manifest.md, "Guidelines for Artifact Usage".
    /// </summary>
    /// <param name="name">The image at its registry.</param>
    /// <param name="image">The same image here.</param>
    /// <param name="mediaType">Of the document, and of the artifact.</param>
    /// <param name="document">All of it.</param>
    /// <param name="annotations">Of the manifest.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ImageException">The registry does not have the image.</exception>
    /// <exception cref="RegistryException">The registry cannot be reached, or refuses.</exception>
    public async Task<Descriptor> AttachAsync(
        Reference name, ImageDetails image, string mediaType, byte[] document, IReadOnlyDictionary<string, string> annotations, CancellationToken cancellationToken)
    {
        var subject = image.ManifestDescriptor;
        if (await registries.FindManifestAsync(name.WithDigest(subject.Digest), cancellationToken).ConfigureAwait(false) is null)
            throw new ImageException($"{name.Registry} does not have {name.FamiliarName} as it is here ({subject.Digest.Short})", $"bring it there first: strata push {name.Familiar}");
        var content = new Descriptor { MediaType = mediaType, Digest = Digest.Of(document), Size = document.Length };
        await PutBytesAsync(name, EmptyDocument.Descriptor, EmptyDocument.Bytes.ToArray(), cancellationToken).ConfigureAwait(false);
        await PutBytesAsync(name, content, document, cancellationToken).ConfigureAwait(false);
        return await registries.PutReferrerAsync(name, new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            ArtifactType = mediaType,
            Config = EmptyDocument.Descriptor,
            Layers = [content],
            Subject = new Descriptor { MediaType = subject.MediaType, Digest = subject.Digest, Size = subject.Size },
            Annotations = annotations,
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is attached to an image in its registry, by whichever convention; nothing of it is fetched but manifests.</summary>
    /// <param name="name">The image.</param>
    /// <param name="platform">Where the name leads to several; null is this machine's.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ImageException">The name leads to no image of the platform.</exception>
    /// <exception cref="RegistryException">The registry cannot be reached, or has no such image.</exception>
    public async Task<ImageAttachments> ListAttachmentsAsync(Reference name, Platform? platform, CancellationToken cancellationToken)
    {
        var (top, chosen) = await ResolveAsync(name, platform ?? Platform.Host, allPlatforms: false, cancellationToken).ConfigureAwait(false);
        Digest[] subjects = [.. new[] { chosen.Descriptor.Digest, top.Descriptor.Digest }.Distinct()];
        var search = new AttachmentSearch(registries, name);
        foreach (var subject in subjects) await search.OfAsync(subject, cancellationToken).ConfigureAwait(false);
        if (MediaTypes.IsIndex(top.Descriptor.MediaType))
        {
            var index = (await FlatAsync(name, top, cancellationToken).ConfigureAwait(false)).Flat.Index;
            await search.OfAsync(index, chosen.Descriptor.Digest, cancellationToken).ConfigureAwait(false);
        }
        return new ImageAttachments(name, subjects, search.Found);
    }

    /// <summary>An attached document, whole and verified.</summary>
    /// <param name="name">The image.</param>
    /// <param name="content">Of its attachment.</param>
    /// <param name="maxBytes">A larger one is refused before a byte of it is asked for.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ImageException">It is too large, or not what its digest says.</exception>
    /// <exception cref="RegistryException">The registry cannot be reached, or does not have it.</exception>
    public async Task<byte[]> ReadAttachmentAsync(Reference name, Descriptor content, int maxBytes, CancellationToken cancellationToken)
    {
        if (content.Size > maxBytes) throw new ImageException($"it has {content.Size} bytes; the most that is read is {maxBytes}");
        try
        {
            using var bytes = new MemoryStream((int)content.Size);
            var blob = await registries.OpenBlobAsync(name, content, cancellationToken).ConfigureAwait(false);
            await using (blob.ConfigureAwait(false)) await blob.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes.ToArray();
        }
        catch (ContentMismatchException e)
        {
            throw new ImageException(e.Message, "ask who attached it to do so again", e);
        }
    }

    private async Task PutBytesAsync(Reference name, Descriptor blob, byte[] bytes, CancellationToken cancellationToken)
    {
        if (await registries.HasBlobAsync(name, blob.Digest, cancellationToken).ConfigureAwait(false)) return;
        await registries.PutBlobAsync(name, blob, () => new MemoryStream(bytes, writable: false), mountFrom: null, cancellationToken).ConfigureAwait(false);
    }
}
