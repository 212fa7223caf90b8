using System.Net;
using System.Net.Http.Headers;
using Strata.Content;
using Strata.Oci;
using Strata.Registry.Client.Transport;

namespace Strata.Registry.Client;

public sealed partial class RegistryClient
{
    /// <summary>
    /// Opens a blob of the name's repository. The stream goes on where it stopped when the connection breaks, and its last read checks size
    /// and digest. Distribution spec, "Pulling blobs".
    /// </summary>
    /// <exception cref="RegistryException">The registry does not have it, or cannot be reached.</exception>
    public async Task<Stream> OpenBlobAsync(Reference name, Descriptor blob, CancellationToken cancellationToken) =>
        new VerifyingStream(await OpenBlobAsync(name, blob, offset: 0, cancellationToken).ConfigureAwait(false), blob.Digest, blob.Size);

    /// <summary>
    /// Opens a blob at an offset, for one who has its beginning already. The stream goes on where it stopped when the connection breaks;
    /// the caller verifies.
    /// </summary>
    /// <exception cref="RegistryException">The registry does not have it, or cannot be reached.</exception>
    public async Task<Stream> OpenBlobAsync(Reference name, Descriptor blob, long offset, CancellationToken cancellationToken)
    {
        var addresses = _hosts.ForReading(name.Registry).ToArray();
        for (var i = 0; ; i++)
        {
            try
            {
                return await OpenAtAsync(addresses[i], name, blob, offset, cancellationToken).ConfigureAwait(false);
            }
            catch (RegistryException) when (i < addresses.Length - 1)
            {
                // The next mirror, and at last the registry itself, may have it.
            }
        }
    }

    private async Task<Stream> OpenAtAsync(Uri address, Reference name, Descriptor blob, long offset, CancellationToken cancellationToken)
    {
        var (first, acceptsRanges) = await OpenFromAsync(address, name, blob, offset, end: null, cancellationToken).ConfigureAwait(false);
        var budget = _budgets.GetOrAdd(address.Authority, _ => new ConnectionBudget(_options.ConnectionsPerHost));
        budget.Take();
        return new WideningStream(Resuming(first, offset, blob.Size), offset, blob.Size, acceptsRanges, OpenPartAsync, budget, _options.Clock);

        Stream Resuming(Stream opened, long from, long to) => new ResumingStream(opened, from, to, _options.Retries,
            async (at, token) => (await OpenFromAsync(address, name, blob, at, to == blob.Size ? null : to, token).ConfigureAwait(false)).Content,
            _options.Silence, $"{blob.Digest.Short} of {Shown(name)} from {name.Registry}");

        async Task<Stream> OpenPartAsync(long at, long length, CancellationToken token) =>
            Resuming((await OpenFromAsync(address, name, blob, at, at + length, token).ConfigureAwait(false)).Content, at, at + length);
    }

    /// <summary>True when the repository has the blob.</summary>
    public async Task<bool> HasBlobAsync(Reference name, Digest digest, CancellationToken cancellationToken)
    {
        var address = new Uri(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/blobs/{digest}");
        using var response = await SendAsync(name.Registry, PushScope(name.Repository),
            () => new HttpRequestMessage(HttpMethod.Head, address), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound) return false;
        if (response.IsSuccessStatusCode) return true;
        throw await RefusedAsync(response, name.Registry, $"to say whether {name.FamiliarName} has {digest.Short}", null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Uploads a blob: a session, then its content in one request. Distribution spec, "Pushing a blob monolithically".</summary>
    /// <param name="open">Opens the content from its first byte; called again when the request has to be sent again.</param>
    /// <param name="mountFrom">A repository of the same registry that has the blob: the registry is asked to link it first. Null for none.</param>
    /// <returns>True when the registry linked what it had, and nothing was sent.</returns>
    /// <exception cref="RegistryException">The registry refuses, or cannot be reached.</exception>
    public async Task<bool> PutBlobAsync(Reference name, Descriptor blob, Func<Stream> open, string? mountFrom, CancellationToken cancellationToken)
    {
        var mount = mountFrom is null ? "" : $"?mount={Uri.EscapeDataString(blob.Digest.ToString())}&from={Uri.EscapeDataString(mountFrom)}";
        var start = new Uri(_hosts.ForWriting(name.Registry), $"v2/{name.Repository}/blobs/uploads/{mount}");
        var scope = mountFrom is null ? PushScope(name.Repository) : $"{PushScope(name.Repository)} {PullScope(mountFrom)}";
        using var session = await SendAsync(name.Registry, scope, () => new HttpRequestMessage(HttpMethod.Post, start)
        {
            Content = new ByteArrayContent([]),
        }, cancellationToken).ConfigureAwait(false);
        if (mountFrom is not null && session.StatusCode == HttpStatusCode.Created) return true;
        if (session.StatusCode != HttpStatusCode.Accepted || session.Headers.Location is not { } location)
            throw await RefusedAsync(session, name.Registry, $"an upload to {name.FamiliarName}", null, cancellationToken).ConfigureAwait(false);
        var upload = new UriBuilder(new Uri(start, location));
        upload.Query = (upload.Query.Length > 1 ? upload.Query[1..] + "&" : "") + "digest=" + Uri.EscapeDataString(blob.Digest.ToString());

        using var response = await SendAsync(name.Registry, PushScope(name.Repository), () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Put, upload.Uri) { Content = new StreamContent(open(), 256 * 1024) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            request.Content.Headers.ContentLength = blob.Size;
            return request;
        }, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Created)
            throw await RefusedAsync(response, name.Registry, $"the blob {blob.Digest.Short} for {name.FamiliarName}", null, cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <param name="end">The first byte that is not wanted; null for all to the end.</param>
    private async Task<(Stream Content, bool AcceptsRanges)> OpenFromAsync(
        Uri address, Reference name, Descriptor blob, long offset, long? end, CancellationToken cancellationToken)
    {
        var response = await SendAsync(Authority(address, name), PullScope(name.Repository), () =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"v2/{name.Repository}/blobs/{blob.Digest}"));
            if (offset > 0 || end is not null) request.Headers.Range = new RangeHeaderValue(offset, end - 1);
            return request;
        }, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            using (response)
                throw await RefusedAsync(response, name.Registry, $"the blob {blob.Digest.Short} of {Shown(name)}",
                    "the image is not whole at the registry; ask who published it to push it again", cancellationToken).ConfigureAwait(false);
        }
        if (response.StatusCode == HttpStatusCode.OK && response.Content.Headers.ContentLength is { } length && length != blob.Size)
        {
            response.Dispose();
            throw new RegistryException($"{name.Registry} has {length} bytes for {blob.Digest.Short} of {Shown(name)}; its manifest says {blob.Size}",
                "nothing was kept; ask who published the image to push it again");
        }
        var content = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        // A registry that ignores Range sends everything again: what we have is skipped.
        if (offset > 0 && response.StatusCode == HttpStatusCode.OK) await SkipAsync(content, offset, cancellationToken).ConfigureAwait(false);
        return (content, response.StatusCode == HttpStatusCode.PartialContent || response.Headers.AcceptRanges.Contains("bytes"));
    }

    private static async Task SkipAsync(Stream content, long count, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        while (count > 0)
        {
            var n = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(count, buffer.Length)), cancellationToken).ConfigureAwait(false);
            if (n == 0) throw new EndOfStreamException();
            count -= n;
        }
    }
}
