using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images.Attachments;

/// <summary>Looks in the places where documents are attached to an image: referrers, cosign's tags, BuildKit's manifests.</summary>
internal sealed class AttachmentSearch(RegistryClient registries, Reference name)
{
    private static readonly string[] Suffixes = [".att", ".sbom"];
    private readonly HashSet<Digest> _seen = [];
    private readonly List<Attachment> _found = [];

    public IReadOnlyList<Attachment> Found => _found;

    public async Task OfAsync(Digest subject, CancellationToken cancellationToken)
    {
        foreach (var referrer in await registries.ListReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false))
            await AddAsync(AttachedBy.Referrer, referrer.Digest, subject, cancellationToken).ConfigureAwait(false);
        foreach (var suffix in Suffixes)
        {
            var tag = name.WithTag($"{subject.Algorithm.Prefix()}-{subject.Hex}{suffix}");
            if (await registries.FindManifestAsync(tag, cancellationToken).ConfigureAwait(false) is { } digest)
                await AddAsync(AttachedBy.Tag, digest, subject: null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>BuildKit, "Image attestation storage": the manifest says in its annotations of which other one it is.</summary>
    public async Task OfAsync(ImageIndex index, Digest image, CancellationToken cancellationToken)
    {
        foreach (var manifest in index.Manifests)
        {
            if (manifest.Annotations?.GetValueOrDefault("vnd.docker.reference.type") == "attestation-manifest"
                && manifest.Annotations.GetValueOrDefault("vnd.docker.reference.digest") == image.ToString())
                await AddAsync(AttachedBy.Index, manifest.Digest, subject: null, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(AttachedBy by, Digest digest, Digest? subject, CancellationToken cancellationToken)
    {
        if (!_seen.Add(digest)) return;
        try
        {
            var fetched = await registries.GetManifestAsync(name.WithDigest(digest), cancellationToken).ConfigureAwait(false);
            if (!MediaTypes.IsManifest(fetched.Descriptor.MediaType)) throw new DocumentException($"it has the media type {fetched.Descriptor.MediaType}, and should be a manifest");
            var manifest = Manifest.Parse(fetched.Bytes);
            // A list may say anything; the manifest's own word counts.
            if (subject is not null && manifest.Subject?.Digest != subject) throw new DocumentException("it is listed for this image, and its own subject is another");
            var type = manifest.ArtifactType ?? (manifest.Config.MediaType is MediaTypes.OciConfig or MediaTypes.OciEmpty or MediaTypes.DockerConfig ? null : manifest.Config.MediaType);
            _found.AddRange(manifest.Layers.Select(l => new Attachment { AttachedBy = by, Manifest = digest, ArtifactType = type, Content = l }));
        }
        catch (Exception e) when (e is DocumentException or RegistryException)
        {
            _found.Add(new Attachment { AttachedBy = by, Manifest = digest, Fault = e.Message });
        }
    }
}
