using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pulling and deleting blobs. Distribution spec, "Pulling blobs" and "Deleting Blobs".</summary>
internal sealed class BlobEndpoints(
    RegistryDatabase database, IBlobStorage storage, Mirrors mirrors, BlobMirror mirror, GarbageOptions garbage, TimeProvider time, ILogger<BlobEndpoints> logger)
{
    public async ValueTask<RegistryFault?> GetAsync(HttpContext context, string repository, string reference)
    {
        if (!Digest.TryParse(reference, out var digest)) return BadDigest(reference);
        if (Find(repository, digest) is not { } found)
        {
            return mirrors.Find(repository) is { } home
                ? await GetMirroredAsync(context, home, digest).ConfigureAwait(false)
                : RegistryFault.BlobUnknown(reference);
        }
        var tag = Describe(context.Response, reference);
        if (IsKnown(context, tag)) return null;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.ContentLength = found.Size;
            await KeepAsync(repository, found, context.RequestAborted).ConfigureAwait(false);
            return null;
        }

        using var blob = await OpenAsync(repository, found, context.RequestAborted).ConfigureAwait(false);
        if (blob is null || blob.Size != found.Size)
        {
            // Less or more than was verified at the push is damage; its bytes must not pass for the blob.
            logger.BlobLost(reference, repository);
            return RegistryFault.BlobUnknown(reference);
        }
        return await SendAsync(context, blob, Wanted(context.Request, tag, found.Size)).ConfigureAwait(false);
    }

    /// <summary>A blob that its mirror has not kept, or not yet.</summary>
    private async ValueTask<RegistryFault?> GetMirroredAsync(HttpContext context, MirroredRepository home, Digest digest)
    {
        var reference = digest.ToString();
        if (HttpMethods.IsHead(context.Request.Method))
        {
            if (await home.Upstream.FindBlobAsync(home.Remote, digest, context.RequestAborted).ConfigureAwait(false) is not { } size)
                return RegistryFault.BlobUnknown(reference);
            Describe(context.Response, reference);
            context.Response.ContentLength = size;
            return null;
        }
        using var blob = await mirror.OpenAsync(home, digest, context.RequestAborted).ConfigureAwait(false);
        if (blob is null) return RegistryFault.BlobUnknown(reference);
        var tag = Describe(context.Response, reference);
        return await SendAsync(context, blob, Wanted(context.Request, tag, blob.Size)).ConfigureAwait(false);
    }

    /// <returns>The entity tag.</returns>
    private static string Describe(HttpResponse response, string digest)
    {
        var tag = EntityTag.Of(digest);
        response.Headers["Docker-Content-Digest"] = digest;
        response.Headers.ETag = tag;
        response.Headers.AcceptRanges = "bytes";
        response.ContentType = "application/octet-stream";
        // Anybody may have pushed these bytes; a browser must not find a page in them.
        response.Headers.XContentTypeOptions = "nosniff";
        return tag;
    }

    private static bool IsKnown(HttpContext context, string tag)
    {
        if (!EntityTag.IsHeld(context.Request, tag)) return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
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
        var sent = await BlobSender.SendAsync(blob, range.Offset, range.Length, response.BodyWriter, context.RequestAborted).ConfigureAwait(false);
        if (sent < range.Length) RequestRecord.CountSent(context, sent);
        return null;
    }

    private static RegistryFault BadDigest(string reference) =>
        RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", reference);
}
