using System.Net;
using System.Net.Http.Headers;
using Strata.Oci;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    /// <summary>Fetches what the name points at. Distribution spec, "Pulling Manifests". Mirrors are asked first, and answer or are passed over.</summary>
    /// <exception cref="RegistryException">It is not there, cannot be reached, is too large, or is not what its digest says.</exception>
    public async Task<FetchedManifest> GetManifestAsync(Reference name, CancellationToken cancellationToken)
    {
        var addresses = _hosts.ForReading(name.Registry).ToArray();
        for (var i = 0; ; i++)
        {
            var last = i == addresses.Length - 1;
            try
            {
                return await GetManifestFromAsync(addresses[i], name, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException) when (!last)
            {
                // The next mirror, and at last the registry itself, may know better.
            }
        }
    }

    /// <summary>Puts a manifest under its digest, and under the name's tag if it has one. Distribution spec, "Pushing Manifests".</summary>
    /// <exception cref="RegistryException">The registry refuses.</exception>
    public async Task PutManifestAsync(Reference name, string mediaType, byte[] bytes, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(name.Registry, PushScope(name.Repository), () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Put, new Uri(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/manifests/{name.TagOrDigest}"))
            {
                Content = new ByteArrayContent(bytes),
            };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
            return request;
        }, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, name.Registry, $"the manifest of {Shown(name)}", null, cancellationToken).ConfigureAwait(false);
    }

    private async Task<FetchedManifest> GetManifestFromAsync(Uri address, Reference name, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(Authority(address, name), PullScope(name.Repository), () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"v2/{name.Repository}/manifests/{name.TagOrDigest}"));
            foreach (var type in MediaTypes.Manifests) request.Headers.Accept.ParseAdd(type);
            return request;
        }, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) throw await NotFoundAsync(name, response.StatusCode, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, name.Registry, Shown(name), null, cancellationToken).ConfigureAwait(false);

        byte[] bytes;
        try
        {
            bytes = await BoundedContent.ReadAsync(response.Content, Manifest.MaxBytes, $"the manifest of {Shown(name)}", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw new RegistryException($"the connection to {name.Registry} broke while it sent the manifest of {Shown(name)}", "try again", e);
        }
        var promised = PromisedDigest(name, response);
        var digest = Digest.Of(bytes, promised?.Algorithm ?? DigestAlgorithm.Sha256);
        if (promised is { } expected && expected != digest)
            throw new RegistryException($"{name.Registry} sent a manifest of {Shown(name)} that is {digest} and should be {expected}",
                "nothing was kept; try again, and if it stays so, tell the registry's operator");
        return new FetchedManifest(new Descriptor { MediaType = TypeOf(response, bytes), Digest = digest, Size = bytes.Length }, bytes);
    }

    /// <summary>The digest that was asked for is the one that counts; for a tag, what the registry says of its own answer.</summary>
    private static Digest? PromisedDigest(Reference name, HttpResponseMessage response)
    {
        if (name.Digest is { } asked) return asked;
        return response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.FirstOrDefault(), null, out var said) ? said : null;
    }

    /// <summary>The document's own mediaType counts before the header: the header is not covered by the digest.</summary>
    private static string TypeOf(HttpResponseMessage response, byte[] bytes) =>
        DocumentType.Of(bytes) ?? response.Content.Headers.ContentType?.MediaType ?? MediaTypes.OciManifest;

    private async Task<RegistryException> NotFoundAsync(Reference name, HttpStatusCode status, CancellationToken cancellationToken)
    {
        string advice;
        try
        {
            var tags = await ListTagsAsync(name.Registry, name.Repository, cancellationToken).ConfigureAwait(false);
            advice = tags.Count == 0 ? $"the repository {name.FamiliarName} has no tags"
                : "it has: " + string.Join(", ", tags.OrderBy(t => Likeness.Distance(t, name.TagOrDigest)).Take(5)) + (tags.Count > 5 ? $" and {tags.Count - 5} more" : "");
        }
        catch (RegistryException)
        {
            advice = $"there is no repository of that name, or you may not see it; try: strata search {name.Registry}/{name.Repository.Split('/')[^1]}";
        }
        return new RegistryException($"{name.Registry} has no {name.Repository}:{name.TagOrDigest}", advice) { Status = status };
    }

    /// <summary>A mirror is a registry of its own: the credentials for what it mirrors are not for it.</summary>
    private string Authority(Uri address, Reference name) =>
        _hosts.ForWriting(name.Registry) == address ? name.Registry : address.Authority;
}
