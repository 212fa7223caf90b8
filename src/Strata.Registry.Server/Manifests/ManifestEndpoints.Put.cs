using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pushing manifests. Distribution spec, "Pushing Manifests" and "Pushing Manifests with Subject".</summary>
internal sealed partial class ManifestEndpoints
{
    /// <summary>The most tags that one push may set with <c>?tag=</c>.</summary>
    private const int MostTags = 64;

    public async ValueTask<RegistryFault?> PutAsync(HttpContext context, string repository, string reference)
    {
        var byTag = ReferenceGrammar.IsTag(reference);
        Digest promised = default;
        if (!byTag && !Digest.TryParse(reference, out promised)) return BadReference(reference);
        var tags = byTag ? [reference] : context.Request.Query["tag"].OfType<string>().Distinct(StringComparer.Ordinal).ToArray();
        if (tags.Length > MostTags) return RegistryFault.TagInvalid($"{tags.Length} tags; at most {MostTags} at once");
        if (Array.Find(tags, t => !ReferenceGrammar.IsTag(t)) is { } bad) return RegistryFault.TagInvalid(bad);

        if (!disk.HasRoomFor(context.Request.ContentLength ?? 0)) return RegistryFault.StorageFull();
        var content = await ManifestBody.ReadAsync(context, context.RequestAborted).ConfigureAwait(false);
        if (content is null) return RegistryFault.ManifestTooLarge(Manifest.MaxBytes);
        var digest = Digest.Of(content, byTag ? DigestAlgorithm.Sha256 : promised.Algorithm);
        if (!byTag && digest != promised) return RegistryFault.DigestInvalid($"the content's digest is {digest}", reference);

        ParsedManifest manifest;
        try
        {
            manifest = ParsedManifest.Parse(content, context.Request.ContentType);
            Ambiguity.Refuse(content, MediaTypes.IsIndex(manifest.MediaType));
        }
        catch (DocumentException e)
        {
            return RegistryFault.ManifestInvalid(e.Message);
        }
        var (refused, outcome) = await database.WriteAsync<(RegistryFault?, PutOutcome?)>(
            w => quotas.Check(w, repository, digest, content.Length) is { } over
                ? (over, null)
                : (null, w.PutManifest(repository, digest, manifest, content, tags, Now)),
            context.RequestAborted).ConfigureAwait(false);
        if ((refused ?? Refusal(outcome!)) is { } fault) return fault;

        cache.Add(digest, content);
        await TellAsync(repository, reference, digest, manifest, outcome!, context.RequestAborted).ConfigureAwait(false);
        var headers = context.Response.Headers;
        headers.Location = $"/v2/{repository}/manifests/{digest}";
        headers["Docker-Content-Digest"] = digest.ToString();
        if (manifest.Subject is { } subject) headers["OCI-Subject"] = subject.Digest.ToString();
        if (!byTag && tags.Length > 0) headers["OCI-Tag"] = tags;
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.ContentLength = 0;
        return null;
    }

    private static RegistryFault? Refusal(PutOutcome outcome)
    {
        if (outcome.Missing is { } missing) return RegistryFault.ManifestBlobUnknown(missing.ToString());
        return outcome.WrongSize is { } wrong
            ? RegistryFault.ManifestInvalid($"the manifest says that {wrong.Descriptor.Digest} has {wrong.Descriptor.Size} bytes; it has {wrong.Actual}")
            : null;
    }

    private async ValueTask TellAsync(
        string repository, string reference, Digest digest, ParsedManifest manifest, PutOutcome outcome, CancellationToken cancellationToken)
    {
        await events.TellAsync(
            RegistryEventKind.ManifestPushed, repository, reference, digest, manifest.MediaType, cancellationToken).ConfigureAwait(false);
        foreach (var tag in outcome.MovedTags)
            await events.TellAsync(RegistryEventKind.TagMoved, repository, tag, digest, manifest.MediaType, cancellationToken).ConfigureAwait(false);
    }
}
