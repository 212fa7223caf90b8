using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pulling and deleting manifests and tags. Distribution spec, "Pulling manifests", "Deleting tags", "Deleting Manifests".</summary>
internal sealed partial class ManifestEndpoints(RegistryDatabase database, ManifestCache cache, EventFan events, DiskReserve disk, TimeProvider time)
{
    public async ValueTask<RegistryFault?> GetAsync(HttpContext context, string repository, string reference)
    {
        ManifestEntry? found;
        if (ReferenceGrammar.IsTag(reference)) found = database.Read((repository, reference), static (r, s) => r.ByTag(s.repository, s.reference));
        else if (Digest.TryParse(reference, out var digest)) found = database.Read((repository, digest), static (r, s) => r.ByDigest(s.repository, s.digest));
        else return BadReference(reference);
        if (found is not { } manifest) return RegistryFault.ManifestUnknown(reference);

        var response = context.Response;
        var text = manifest.Digest.ToString();
        var tag = "\"" + text + "\"";
        response.Headers["Docker-Content-Digest"] = text;
        response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch is { Count: > 0 } match && match.ToString().Contains(tag, StringComparison.Ordinal))
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
                ? await DeleteManifestAsync(repository, digest, context.RequestAborted).ConfigureAwait(false)
                : BadReference(reference);
        if (fault is null) context.Response.StatusCode = StatusCodes.Status202Accepted;
        return fault;
    }

    private async ValueTask<RegistryFault?> DeleteTagAsync(string repository, string tag, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(w => w.RemoveTag(repository, tag), cancellationToken).ConfigureAwait(false) is not { } digest)
            return RegistryFault.ManifestUnknown(tag);
        await events.TellAsync(RegistryEventKind.TagDeleted, repository, tag, digest, "", cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async ValueTask<RegistryFault?> DeleteManifestAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        var tags = await database.WriteAsync(w => w.RemoveManifest(repository, digest), cancellationToken).ConfigureAwait(false);
        if (tags is null) return RegistryFault.ManifestUnknown(digest.ToString());
        foreach (var tag in tags)
            await events.TellAsync(RegistryEventKind.TagDeleted, repository, tag, digest, "", cancellationToken).ConfigureAwait(false);
        await events.TellAsync(RegistryEventKind.ManifestDeleted, repository, digest.ToString(), digest, "", cancellationToken).ConfigureAwait(false);
        return null;
    }

    private byte[]? Content(Digest digest)
    {
        if (cache.Find(digest) is { } cached) return cached;
        var content = database.Read(digest, static (r, d) => r.Content(d));
        if (content is not null) cache.Add(digest, content);
        return content;
    }

    private static RegistryFault BadReference(string reference) => reference.Contains(':', StringComparison.Ordinal)
        ? RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", reference)
        : RegistryFault.TagInvalid(reference);
}
