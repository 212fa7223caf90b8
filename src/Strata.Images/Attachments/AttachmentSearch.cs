using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Attachments;

/// <summary>Looks in the places where documents are attached to an image: referrers, cosign's tags, BuildKit's manifests.</summary>
internal sealed class AttachmentSearch(RegistryClient registries, Reference name)
{
    private readonly HashSet<Digest> _seen = [];
    private readonly List<Attachment> _found = [];

    public IReadOnlyList<Attachment> Found => _found;

    public async Task OfAsync(Digest subject, CancellationToken cancellationToken)
    {
        foreach (var referrer in await registries.ListReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false))
            await AddAsync(AttachedBy.Referrer, referrer.Digest, subject, cancellationToken).ConfigureAwait(false);
        foreach (var tag in Attachment.TagsOf(subject))
        {
            if (await registries.FindManifestAsync(name.WithTag(tag), cancellationToken).ConfigureAwait(false) is { } digest)
                await AddAsync(AttachedBy.Tag, digest, subject: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>BuildKit, "Image attestation storage": the manifest says in its annotations of which other one it is.</summary>
    public async Task OfAsync(ImageIndex index, Digest image, CancellationToken cancellationToken)
    {
        foreach (var manifest in index.Manifests)
        {
            if (Attachment.IsOf(manifest, image))
                await AddAsync(AttachedBy.Index, manifest.Digest, subject: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(AttachedBy by, Digest digest, Digest? subject, CancellationToken cancellationToken)
    {
        if (!_seen.Add(digest)) return;
        try
        {
            var fetched = await registries.GetManifestAsync(name.WithDigest(digest), cancellationToken).ConfigureAwait(false);
            _found.AddRange(Attachment.Read(by, digest, fetched.Descriptor.MediaType, fetched.Bytes, subject));
        }
        catch (Exception e) when (e is DocumentException or RegistryException)
        {
            _found.Add(new Attachment { AttachedBy = by, Manifest = digest, Fault = e.Message });
        }
    }
}
