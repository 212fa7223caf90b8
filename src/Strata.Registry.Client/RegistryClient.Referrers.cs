using System.Net;
using System.Net.Http.Headers;
using Strata.Oci;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    /// <summary>
    /// What refers to a manifest, all pages. Distribution spec, "Listing Referrers"; of a registry without that end-point what its clients
    /// keep under a tag, "Referrers Tag Schema".
    /// </summary>
    /// <exception cref="RegistryException">The registry refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<Descriptor>> ListReferrersAsync(Reference repository, Digest subject, CancellationToken cancellationToken)
    {
        var found = new List<Descriptor>();
        Uri? page = new(_hosts.ForWriting(repository.Registry), $"v2/{repository.Repository}/referrers/{subject}");
        for (var i = 0; page is not null && i < MaxPages; i++)
        {
            var address = page;
            using var response = await SendAsync(repository.Registry, PullScope(repository.Repository), () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Get, address);
                request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(MediaTypes.OciIndex));
                return request;
            }, cancellationToken).ConfigureAwait(false);
            if (i == 0 && response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
                return await ListTaggedReferrersAsync(repository, subject, cancellationToken).ConfigureAwait(false);
            var what = $"what refers to {subject.Short} of {repository.FamiliarName}";
            if (!response.IsSuccessStatusCode) throw await RefusedAsync(response, repository.Registry, what, null, cancellationToken).ConfigureAwait(false);
            found.AddRange(ReadReferrers(await BoundedContent.ReadAsync(response.Content, MaxListBytes, what, cancellationToken).ConfigureAwait(false), repository.Registry));
            page = NextPage(address, response);
        }
        return found;
    }

    private async Task<IReadOnlyList<Descriptor>> ListTaggedReferrersAsync(Reference repository, Digest subject, CancellationToken cancellationToken)
    {
        // "sha256:abc" is no tag, "sha256-abc" is; of a longer digest only so much is in it as a tag has room for.
        var tag = $"{subject.Algorithm.Prefix()}-{subject.Hex}";
        if (await FindManifestAsync(repository.WithTag(tag[..Math.Min(tag.Length, 128)]), cancellationToken).ConfigureAwait(false) is not { } digest) return [];
        var index = await GetManifestAsync(repository.WithDigest(digest), cancellationToken).ConfigureAwait(false);
        return ReadReferrers(index.Bytes, repository.Registry);
    }

    private static IReadOnlyList<Descriptor> ReadReferrers(byte[] body, string registry)
    {
        try
        {
            return ImageIndex.Parse(body).Manifests;
        }
        catch (DocumentException e)
        {
            throw new RegistryException($"{registry} answered with something else than an index of referrers", "check that a registry answers at this address", e);
        }
    }
}
