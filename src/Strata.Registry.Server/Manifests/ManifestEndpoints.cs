using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pulling and deleting manifests and tags. Distribution spec, "Pulling manifests", "Deleting tags", "Deleting Manifests".</summary>
internal sealed partial class ManifestEndpoints(
    RegistryDatabase database, ManifestCache cache, EventFan events, DiskReserve disk, Quotas quotas, Mirrors mirrors, ManifestMirror mirror, TimeProvider time,
    ILogger<ManifestEndpoints> logger)
{
    public async ValueTask<RegistryFault?> GetAsync(HttpContext context, string repository, string reference)
    {
        ManifestEntry? found;
        if (ReferenceGrammar.IsTag(reference)) found = database.Read((repository, reference), static (r, s) => r.ByTag(s.repository, s.reference));
        else if (Digest.TryParse(reference, out var digest)) found = database.Read((repository, digest), static (r, s) => r.ByDigest(s.repository, s.digest));
        else return BadReference(reference);
        if (mirrors.Find(repository) is { } home)
        {
            (found, var stale) = await mirror.FindAsync(home, reference, found, context.RequestAborted).ConfigureAwait(false);
            // RFC 7234, section 5.5.1: upstream was asked and had no answer.
            if (stale) context.Response.Headers.Warning = "111 - \"Revalidation Failed\"";
        }
        if (found is not { } manifest) return RegistryFault.ManifestUnknown(reference);

        var response = context.Response;
        var text = manifest.Digest.ToString();
        var tag = EntityTag.Of(text);
        response.Headers["Docker-Content-Digest"] = text;
        response.Headers.ETag = tag;
        if (EntityTag.IsHeld(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }
        response.ContentType = manifest.MediaType;
        response.ContentLength = manifest.Size;
        if (HttpMethods.IsHead(context.Request.Method)) return null;

        if (Content(manifest.Digest) is not { } content) return RegistryFault.ManifestUnknown(reference);
        await response.BodyWriter.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        await events.TellAsync(
            RegistryEventKind.ManifestPulled, repository, reference, manifest.Digest, manifest.MediaType, context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    public async ValueTask<RegistryFault?> DeleteAsync(HttpContext context, string repository, string reference)
    {
        var fault = ReferenceGrammar.IsTag(reference)
            ? await DeleteTagAsync(repository, reference, context.RequestAborted).ConfigureAwait(false)
            : Digest.TryParse(reference, out var digest)
                ? await DeleteManifestAsync(context, repository, digest).ConfigureAwait(false)
                : BadReference(reference);
        if (fault is null) context.Response.StatusCode = StatusCodes.Status202Accepted;
        return fault;
    }

    private async ValueTask<RegistryFault?> DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(w => w.RemoveTag(repository, tag, Now), cancellationToken).ConfigureAwait(false) is not { } digest)
            return RegistryFault.ManifestUnknown(tag);
        await events.TellAsync(RegistryEventKind.TagDeleted, repository, tag, digest, "", cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<RegistryFault?> DeleteManifestAsync(HttpContext context, string repository, Digest digest)
    {
        var withReferrers = context.Request.Query["referrers"] == "true";
        var removal = await database.WriteAsync(
            w => w.RemoveManifest(repository, digest, withReferrers, Now), context.RequestAborted).ConfigureAwait(false);
        if (removal.Manifests.Count == 0) return RegistryFault.ManifestUnknown(digest.ToString());
        // Distribution spec, "Warnings": signatures and bills of materials are easily forgotten when their image goes.
        if (removal.Referrers > 0)
            context.Response.Headers.Warning = $"299 - \"{removal.Referrers} manifests still refer to it; DELETE with ?referrers=true takes them along\"";
        foreach (var (removed, tags) in removal.Manifests) await TellAsync(repository, removed, tags).ConfigureAwait(false);
        return null;
    }

    private async ValueTask TellAsync(string repository, Digest digest, IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
            await events.TellAsync(RegistryEventKind.TagDeleted, repository, tag, digest, "", CancellationToken.None).ConfigureAwait(false);
        await events.TellAsync(RegistryEventKind.ManifestDeleted, repository, digest.ToString(), digest, "", CancellationToken.None).ConfigureAwait(false);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private byte[]? Content(Digest digest)
    {
        if (cache.Find(digest) is { } cached) return cached;
        var content = database.Read(digest, static (r, d) => r.Content(d));
        if (content is null) return null;
        if (Digest.Of(content, digest.Algorithm) != digest)
        {
            // Never other bytes than were asked for; a push of the manifest brings it again.
            logger.ManifestDamaged(digest.ToString());
            return null;
        }
        cache.Add(digest, content);
        return content;
    }

    private static RegistryFault BadReference(string reference) => reference.Contains(':', StringComparison.Ordinal)
        ? RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", reference)
        : RegistryFault.TagInvalid(reference);
}
