using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pulling and deleting blobs. Distribution spec, "Pulling blobs" and "Deleting Blobs".</summary>
internal sealed class BlobEndpoints(RegistryDatabase database, IBlobStorage storage, ILogger<BlobEndpoints> logger)
{
    public async ValueTask<RegistryFault?> GetAsync(HttpContext context, string repository, string reference)
    {
        if (!Digest.TryParse(reference, out var digest)) return BadDigest(reference);
        if (database.Read((repository, digest), static (r, s) => r.BlobSize(s.repository, s.digest)) is not { } size)
            return RegistryFault.BlobUnknown(reference);

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
            return null;
        }

        using var blob = await storage.OpenAsync(digest, context.RequestAborted).ConfigureAwait(false);
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
        if (!await database.WriteAsync(w => w.UnlinkBlob(repository, digest), context.RequestAborted).ConfigureAwait(false))
            return RegistryFault.BlobUnknown(reference);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return null;
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
