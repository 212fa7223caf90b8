using System.Net;
using Strata.Oci;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    /// <summary>
    /// What refers to a manifest of the name's repository: by the registry's own list, or by the tag that stands for it where the registry has
    /// none. Distribution spec, "Listing Referrers" and "Unavailable Referrers API".
    /// </summary>
    /// <exception cref="RegistryException">The registry refuses, cannot be reached, or answers with something else than a list.</exception>
    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Reference name, Digest subject, CancellationToken cancellationToken) =>
        await TryListReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false)
        ?? (await TaggedReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false))?.Manifests
        ?? [];

    /// <summary>
    /// Puts a manifest with a subject under its digest. Where the registry does not list referrers, the tag that stands for the list gets it.
    /// When this returns, <see cref="ListReferrersAsync"/> has it; calling it again is harmless. Distribution spec, "Pushing Manifests with Subject".
    /// </summary>
    /// <param name="name">Of the repository.</param>
    /// <param name="manifest">With a subject and an artifact type.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The manifest as it is listed.</returns>
    /// <exception cref="RegistryException">The registry refuses.</exception>
    public async Task<Descriptor> PutReferrerAsync(Reference name, Manifest manifest, CancellationToken cancellationToken)
    {
        var subject = manifest.Subject?.Digest ?? throw new ArgumentException("a referrer has a subject", nameof(manifest));
        var bytes = manifest.ToBytes();
        var listed = new Descriptor
        {
            MediaType = MediaTypes.OciManifest,
            Digest = Digest.Of(bytes),
            Size = bytes.Length,
            ArtifactType = manifest.ArtifactType ?? manifest.Config.MediaType,
            Annotations = manifest.Annotations,
        };
        await PutManifestAsync(name.WithDigest(listed.Digest), MediaTypes.OciManifest, bytes, cancellationToken).ConfigureAwait(false);
        // The header OCI-Subject would say the same, and some proxies drop it.
        if (await TryListReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false) is not null) return listed;
        var before = await TaggedReferrersAsync(name, subject, cancellationToken).ConfigureAwait(false) ?? new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [] };
        if (before.Manifests.Any(m => m.Digest == listed.Digest)) return listed;
        var after = before with { Manifests = [.. before.Manifests, listed] };
        await PutManifestAsync(name.WithTag(ReferrersTag(subject)), MediaTypes.OciIndex, after.ToBytes(), cancellationToken).ConfigureAwait(false);
        return listed;
    }

    /// <summary>Null when the registry knows no such list: with a list of nothing it would answer an empty one.</summary>
    private async Task<IReadOnlyList<Descriptor>?> TryListReferrersAsync(Reference name, Digest subject, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        Uri? page = new(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/referrers/{subject}");
        for (var i = 0; page is not null && i < MaxPages; i++)
        {
            var address = page;
            using var response = await SendAsync(name.Registry, PullScope(name.Repository), () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Accept.ParseAdd(MediaTypes.OciIndex);
                return request;
            }, cancellationToken).ConfigureAwait(false);
            if (i == 0 && response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed) return null;
            var what = $"what refers to {subject.Short} of {name.FamiliarName}";
            if (!response.IsSuccessStatusCode) throw await RefusedAsync(response, name.Registry, what, null, cancellationToken).ConfigureAwait(false);
            found.AddRange(ReadReferrers(await BoundedContent.ReadAsync(response.Content, MaxListBytes, what, cancellationToken).ConfigureAwait(false), name.Registry).Manifests);
            page = NextPage(address, response);
        }
        return found;
    }

    private async Task<ImageIndex?> TaggedReferrersAsync(Reference name, Digest subject, CancellationToken cancellationToken)
    {
        var tagged = name.WithTag(ReferrersTag(subject));
        if (await FindManifestAsync(tagged, cancellationToken).ConfigureAwait(false) is not { } digest) return null;
        var manifest = await GetManifestAsync(name.WithDigest(digest), cancellationToken).ConfigureAwait(false);
        return ReadReferrers(manifest.Bytes, name.Registry);
    }

    /// <summary>Distribution spec, "Referrers Tag Schema": so much of the algorithm, and so much of the digest.</summary>
    private static string ReferrersTag(Digest subject)
    {
        var (algorithm, hex) = (subject.Algorithm.Prefix(), subject.Hex);
        return $"{algorithm[..Math.Min(32, algorithm.Length)]}-{hex[..Math.Min(64, hex.Length)]}";
    }

    private static ImageIndex ReadReferrers(byte[] body, string registry)
    {
        try
        {
            return ImageIndex.Parse(body);
        }
        catch (DocumentException e)
        {
            throw new RegistryException($"{registry} answered with something else than an index of referrers", "check that a registry answers at this address", e);
        }
    }
}
