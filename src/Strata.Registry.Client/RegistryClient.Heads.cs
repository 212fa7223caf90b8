using System.Net;
using Strata.Oci;

namespace Strata.Registry.Client;

/// <summary>Questions that fetch nothing: registries that count pulls do not count them.</summary>
public sealed partial class RegistryClient
{
    /// <summary>The manifest that a tag names now; null when the registry does not have it.</summary>
    /// <exception cref="RegistryException">The registry refuses, or cannot be reached.</exception>
    public async Task<Digest?> FindManifestAsync(Reference name, CancellationToken cancellationToken)
    {
        var address = new Uri(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/manifests/{name.TagOrDigest}");
        using var response = await SendAsync(name.Registry, PullScope(name.Repository), () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Head, address);
            foreach (var type in MediaTypes.Manifests) request.Headers.Accept.ParseAdd(type);
            return request;
        }, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        if (!response.IsSuccessStatusCode)
            throw await RefusedAsync(response, name.Registry, $"to say which manifest {Shown(name)} is", null, cancellationToken).ConfigureAwait(false);
        // The header is not required of a registry; without it, only the manifest itself tells.
        return response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.First(), provider: null, out var digest)
            ? digest
            : (await GetManifestAsync(name, cancellationToken).ConfigureAwait(false)).Descriptor.Digest;
    }

    /// <summary>A blob's size in bytes; null when the registry does not have it, or does not say.</summary>
    /// <exception cref="RegistryException">The registry refuses, or cannot be reached.</exception>
    public async Task<long?> FindBlobAsync(Reference name, Digest digest, CancellationToken cancellationToken)
    {
        var address = new Uri(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/blobs/{digest}");
        using var response = await SendAsync(name.Registry, PullScope(name.Repository),
            () => new HttpRequestMessage(HttpMethod.Head, address), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        if (response.IsSuccessStatusCode) return response.Content.Headers.ContentLength;
        throw await RefusedAsync(response, name.Registry, $"to say how large {digest.Short} of {name.FamiliarName} is", null, cancellationToken).ConfigureAwait(false);
    }
}
