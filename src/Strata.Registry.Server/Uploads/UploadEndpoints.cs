using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pushing blobs. Distribution spec, "Pushing blobs": monolithic, in one POST, in chunks, streamed; status and cancel.</summary>
internal sealed partial class UploadEndpoints(
    RegistryDatabase database, IBlobStorage storage, UploadSessions sessions, UploadAdmission admission, Quotas quotas, Gate gate, TimeProvider time)
{
    public async ValueTask<RegistryFault?> StatusAsync(HttpContext context, string repository, string id)
    {
        if (await sessions.EnterAsync(repository, id, context.RequestAborted).ConfigureAwait(false) is not { } session)
            return RegistryFault.UploadUnknown();
        try
        {
            Describe(context, repository, id, session.Length);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }
        finally
        {
            sessions.Leave(id, session);
        }
    }

    public async ValueTask<RegistryFault?> CancelAsync(HttpContext context, string repository, string id)
    {
        if (await sessions.EnterAsync(repository, id, context.RequestAborted).ConfigureAwait(false) is not { } session)
            return RegistryFault.UploadUnknown();
        try
        {
            await session.RemoveAsync(context.RequestAborted).ConfigureAwait(false);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }
        finally
        {
            sessions.Leave(id, session);
        }
    }

    public async ValueTask<RegistryFault?> PatchAsync(HttpContext context, string repository, string id)
    {
        if (await sessions.EnterAsync(repository, id, context.RequestAborted).ConfigureAwait(false) is not { } session)
            return RegistryFault.UploadUnknown();
        try
        {
            if (await ReceiveAsync(context, repository, id, session, digest: null).ConfigureAwait(false) is { } fault) return fault;
            Describe(context, repository, id, session.Length);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.ContentLength = 0;
            return null;
        }
        finally
        {
            sessions.Leave(id, session);
        }
    }

    public async ValueTask<RegistryFault?> FinishAsync(HttpContext context, string repository, string id)
    {
        var text = context.Request.Query["digest"].ToString();
        if (!Digest.TryParse(text, out var digest)) return BadDigest(text);
        if (await sessions.EnterAsync(repository, id, context.RequestAborted).ConfigureAwait(false) is not { } session)
            return RegistryFault.UploadUnknown();
        try
        {
            if (await ReceiveAsync(context, repository, id, session, digest).ConfigureAwait(false) is { } fault) return fault;
            return await CommitAsync(context, repository, id, session, digest).ConfigureAwait(false);
        }
        finally
        {
            sessions.Leave(id, session);
        }
    }

    private async ValueTask<RegistryFault?> CommitAsync(HttpContext context, string repository, string id, UploadSession session, Digest digest)
    {
        var actual = await session.DigestAsync(digest.Algorithm, context.RequestAborted).ConfigureAwait(false);
        if (actual != digest)
        {
            await session.RemoveAsync(context.RequestAborted).ConfigureAwait(false);
            return RegistryFault.DigestInvalid($"the content's digest is {actual}", digest.ToString());
        }
        var size = session.Length;
        // From here on a client that hangs up changes nothing: the blob is complete.
        var key = new BlobKey(digest, UploadId.Generation(id));
        await session.CommitAsync(key, CancellationToken.None).ConfigureAwait(false);
        if (await LinkAsync(repository, key, size).ConfigureAwait(false) is { } refused) return refused;
        Created(context, repository, digest);
        return null;
    }

    private async ValueTask<RegistryFault?> ReceiveAsync(
        HttpContext context, string repository, string id, UploadSession session, Digest? digest)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        long? promised = null;
        if (context.Request.Headers.ContentRange is { Count: > 0 } header)
        {
            if (!ContentRange.TryParse(header.ToString(), out var range))
                return OutOfOrder(context, repository, id, session, "Content-Range must be first-last, both inclusive");
            if (range.First != session.Length)
                return OutOfOrder(context, repository, id, session, $"the chunk begins at {range.First}; the upload has {session.Length} bytes");
            if (context.Request.ContentLength is { } length && length != range.Length)
                return OutOfOrder(context, repository, id, session, $"Content-Range promises {range.Length} bytes and Content-Length {length}");
            promised = range.Length;
        }
        var refused = admission.Receive(repository, digest, session.Length, context.Request.ContentLength ?? promised, out var reception);
        using (reception)
        {
            if (refused is null && await TakeAsync(context, session, promised, digest?.Algorithm, reception).ConfigureAwait(false)) return null;
            refused ??= reception.Fault;
        }
        if (refused is null) return OutOfOrder(context, repository, id, session, $"the body does not have the {promised} bytes that Content-Range promises");
        // What has no room is not kept in part: an upload that waits for a week on a full disk helps nobody.
        if (!session.IsGone && refused.RetryAfter is null) await session.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
        return refused;
    }

    private static async ValueTask<bool> TakeAsync(
        HttpContext context, UploadSession session, long? promised, DigestAlgorithm? algorithm, Reception reception)
    {
        var have = session.Length;
        try
        {
            return await session.ReceiveAsync(context.Request.BodyReader, promised, algorithm, reception, context.RequestAborted).ConfigureAwait(false);
        }
        catch (IOException e) when (e.HResult == DiskReserve.NoSpace)
        {
            await session.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        finally
        {
            RequestRecord.CountReceived(context, session.Length - have);
        }
    }

    private static RegistryFault OutOfOrder(HttpContext context, string repository, string id, UploadSession session, string message)
    {
        Describe(context, repository, id, session.Length);
        return RegistryFault.RangeInvalid(message);
    }

    private static void Describe(HttpContext context, string repository, string id, long length)
    {
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/blobs/uploads/{id}";
        // The spec has no way to say "nothing yet": 0-0 is what every registry answers.
        headers.Range = "0-" + Math.Max(0, length - 1).ToString(CultureInfo.InvariantCulture);
        headers["Docker-Upload-UUID"] = id;
    }

    private async ValueTask<RegistryFault?> LinkAsync(string repository, BlobKey key, long size)
    {
        (RegistryFault? Refused, BlobKey? Unneeded) outcome;
        try
        {
            outcome = await database.WriteAsync<(RegistryFault?, BlobKey?)>(
                w => quotas.Check(w, repository, key.Digest, size) is { } fault ? (fault, key) : (null, w.LinkBlob(repository, key, size, Now)),
                CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            // Bytes that no table knows are of no use to anybody.
            await storage.RemoveAsync(key, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        if (outcome.Unneeded is { } unneeded) await storage.RemoveAsync(unneeded, CancellationToken.None).ConfigureAwait(false);
        return outcome.Refused;
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static void Created(HttpContext context, string repository, Digest digest)
    {
        context.Response.Headers.Location = $"/v2/{repository}/blobs/{digest}";
        context.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = 0;
    }

    private static RegistryFault BadDigest(string text) => text.Length == 0
        ? RegistryFault.DigestInvalid("the query must name the blob's digest: ?digest=sha256:...")
        : RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", text);
}
