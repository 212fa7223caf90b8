using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What a POST may mean: begin an upload, push a blob at once, or mount one from another repository.</summary>
internal sealed partial class UploadEndpoints
{
    public async ValueTask<RegistryFault?> StartAsync(HttpContext context, string repository)
    {
        var query = context.Request.Query;
        if (query["mount"].ToString() is { Length: > 0 } mount) return await MountAsync(context, repository, mount).ConfigureAwait(false);
        if (query["digest"].ToString() is { Length: > 0 } digest) return await PostAsync(context, repository, digest).ConfigureAwait(false);
        if (Algorithm(query["digest-algorithm"].ToString()) is not { } algorithm)
            return RegistryFault.DigestInvalid("the algorithm is not supported; expected sha256 or sha512", query["digest-algorithm"]);
        return await BeginAsync(context, repository, algorithm).ConfigureAwait(false);
    }

    private static DigestAlgorithm? Algorithm(string name) => name switch
    {
        "" or "sha256" => DigestAlgorithm.Sha256,
        "sha512" => DigestAlgorithm.Sha512,
        _ => null,
    };

    private async ValueTask<RegistryFault?> BeginAsync(HttpContext context, string repository, DigestAlgorithm algorithm)
    {
        if (admission.Begin(repository) is { } refused) return refused;
        var id = await sessions.StartAsync(repository, algorithm, context.RequestAborted).ConfigureAwait(false);
        Describe(context, repository, id, length: 0);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.ContentLength = 0;
        return null;
    }

    /// <summary>Distribution spec, "Single POST".</summary>
    private async ValueTask<RegistryFault?> PostAsync(HttpContext context, string repository, string text)
    {
        if (!Digest.TryParse(text, out var digest)) return BadDigest(text);
        var id = await sessions.StartAsync(repository, digest.Algorithm, context.RequestAborted).ConfigureAwait(false);
        if (await sessions.EnterAsync(repository, id, context.RequestAborted).ConfigureAwait(false) is not { } session)
            return RegistryFault.UploadUnknown();
        try
        {
            // No one has the ID of this upload, so nobody could go on with what a cut leaves.
            var fault = await ReceiveAsync(context, repository, id, session, digest).ConfigureAwait(false)
                ?? await CommitAsync(context, repository, id, session, digest).ConfigureAwait(false);
            return fault;
        }
        finally
        {
            if (!session.IsGone) await session.RemoveAsync(CancellationToken.None).ConfigureAwait(false);
            sessions.Leave(id, session);
        }
    }

    /// <summary>Distribution spec, "Mounting a blob from another repository". Without a source, any repository that the client may read is one.</summary>
    private async ValueTask<RegistryFault?> MountAsync(HttpContext context, string repository, string text)
    {
        if (!Digest.TryParse(text, out var digest)) return BadDigest(text);
        var from = context.Request.Query["from"].ToString();
        var (may, refused) = await MayMountAsync(context, repository, digest, from).ConfigureAwait(false);
        var isMounted = false;
        if (may) (isMounted, refused) = await database.WriteAsync(w => Mount(w, repository, digest), context.RequestAborted).ConfigureAwait(false);
        if (refused is not null) return refused;
        if (!isMounted) return await BeginAsync(context, repository, digest.Algorithm).ConfigureAwait(false);
        Created(context, repository, digest);
        return null;
    }

    private (bool IsMounted, RegistryFault? Refused) Mount(MetadataWrites writes, string repository, Digest digest)
    {
        if (writes.SoundSize(digest) is { } size && quotas.Check(writes, repository, digest, size) is { } refused) return (false, refused);
        return (writes.MountBlob(repository, digest, Now), null);
    }

    private async ValueTask<(bool May, RegistryFault? Refused)> MayMountAsync(HttpContext context, string repository, Digest digest, string from)
    {
        if (from.Length > 0)
        {
            return ReferenceGrammar.IsRepository(from) && database.Read((from, digest), static (r, s) => r.Blob(s.from, s.digest)) is not null
                ? await gate.MayMountAsync(context, repository, from).ConfigureAwait(false)
                : (false, null);
        }
        foreach (var home in database.Read(digest, static (r, d) => r.Homes(d)))
            if (home == repository || await gate.MayAsync(context, RegistryAction.Mount, home).ConfigureAwait(false)) return (true, null);
        return (false, null);
    }
}
