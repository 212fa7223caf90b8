using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pulling and deleting blobs. Distribution spec, "Pulling blobs" and "Deleting Blobs".</summary>
internal sealed class BlobEndpoints(
    RegistryDatabase database, IBlobStorage storage, GarbageOptions garbage, TimeProvider time, ILogger<BlobEndpoints> logger)
{
    public async ValueTask<RegistryFault?> GetAsync(HttpContext context, string repository, string reference)
    {
        if (!Digest.TryParse(reference, out var digest)) return BadDigest(reference);
        if (Find(repository, digest) is not { } found) return RegistryFault.BlobUnknown(reference);
        var size = found.Size;

        var (request, response) = (context.Request, context.Response);
        var tag = "\"" + reference + "\"";
        response.Headers["Docker-Content-Digest"] = reference;
        response.Headers.ETag = tag;
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "application/octet-stream";
        // Anybody may have pushed these bytes; a browser must not find a page in them.
        response.Headers.XContentTypeOptions = "nosniff";
        if (request.Headers.IfNoneMatch is { Count: > 0 } match && match.ToString().Contains(tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        if (HttpMethods.IsHead(request.Method))
        {
            response.ContentLength = size;
            await KeepAsync(repository, found, context.RequestAborted).ConfigureAwait(false);
            return null;
        }

        using var blob = await OpenAsync(repository, found, context.RequestAborted).ConfigureAwait(false);
        if (blob is null || blob.Size != size)
        {
            // Less or more than was verified at the push is damage; its bytes must not pass for the blob.
            logger.BlobLost(reference, repository);
            return RegistryFault.BlobUnknown(reference);
        }
        return await SendAsync(context, blob, Wanted(request, tag, size)).ConfigureAwait(false);
    }

    public async ValueTask<RegistryFault?> DeleteAsync(HttpContext context, string repository, string reference)
    {
        if (!Digest.TryParse(reference, out var digest)) return BadDigest(reference);
        var outcome = await database.WriteAsync(w => w.UnlinkBlob(repository, digest), context.RequestAborted).ConfigureAwait(false);
        if (!outcome.Found) return RegistryFault.BlobUnknown(reference);
        if (outcome.Unneeded is { } key) await storage.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return null;
    }

    private BlobEntry? Find(string repository, Digest digest) =>
        database.Read((repository, digest), static (r, s) => r.Blob(s.repository, s.digest));

    /// <summary>
    /// A client that asks whether a blob is here means to leave it out of its push. Where nothing but the lease holds the blob, the lease
    /// begins anew, or the blob could go before the manifest comes.
    /// </summary>
    private async ValueTask KeepAsync(string repository, BlobEntry blob, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (blob.Refs > 0 || now - DateTimeOffset.FromUnixTimeMilliseconds(blob.Since) < garbage.Lease / 4) return;
        await database.WriteAsync(w => w.TouchBlob(repository, blob.Key.Digest, now.ToUnixTimeMilliseconds()), cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<IStoredBlob?> OpenAsync(string repository, BlobEntry blob, CancellationToken cancellationToken)
    {
        if (await storage.OpenAsync(blob.Key, cancellationToken).ConfigureAwait(false) is { } opened) return opened;
        // Another push may have brought the same bytes under another key in between.
        return Find(repository, blob.Key.Digest) is { } again && again.Key != blob.Key
            ? await storage.OpenAsync(again.Key, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private static ByteRange Wanted(HttpRequest request, string tag, long size)
    {
        // If-Range with another validator means: the whole, the parts at hand are of something else.
        var conditional = request.Headers.IfRange is { Count: > 0 } validator && validator != tag;
        return ByteRange.Parse(conditional || request.Headers.Range.Count == 0 ? null : request.Headers.Range.ToString(), size);
    }

    private static async ValueTask<RegistryFault?> SendAsync(HttpContext context, IStoredBlob blob, ByteRange range)
    {
        var response = context.Response;
        if (range.Kind == RangeKind.Unsatisfiable)
        {
            response.Headers.ContentRange = $"bytes */{blob.Size}";
            return new RegistryFault(StatusCodes.Status416RangeNotSatisfiable, "RANGE_INVALID", $"the blob has {blob.Size} bytes");
        }
        if (range.Kind == RangeKind.Part)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {range.Offset}-{range.Offset + range.Length - 1}/{blob.Size}";
        }
        response.ContentLength = range.Length;
        await BlobSender.SendAsync(blob, range.Offset, range.Length, response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    private static RegistryFault BadDigest(string reference) =>
        RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", reference);
}
