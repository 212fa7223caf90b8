using System.Text.Json;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What a registry needs to know of a manifest, whichever of the four documents it is.</summary>
/// <param name="MediaType">The manifest's media type.</param>
/// <param name="ArtifactType">As the referrers list shows it: the manifest's own, else the config's media type. Distribution spec, "Listing Referrers".</param>
/// <param name="Subject">What this manifest refers to; it need not exist.</param>
/// <param name="Annotations">JSON, only of a manifest that has a subject.</param>
/// <param name="Blobs">Blobs that the repository must have.</param>
/// <param name="Elsewhere">Blobs that it may have: non-distributable layers.</param>
/// <param name="Children">Manifests that an index names; a sparse index names some that the repository does not have.</param>
internal sealed record ParsedManifest(
    string MediaType,
    string? ArtifactType,
    Descriptor? Subject,
    string? Annotations,
    IReadOnlyList<Descriptor> Blobs,
    IReadOnlyList<Descriptor> Elsewhere,
    IReadOnlyList<Descriptor> Children)
{
    /// <summary>Every blob that the manifest names, once.</summary>
    public IEnumerable<Digest> AllBlobs() => Blobs.Concat(Elsewhere).Select(d => d.Digest).Distinct();

    /// <exception cref="DocumentException">The bytes are no manifest of that type; the message says why.</exception>
    public static ParsedManifest Parse(ReadOnlySpan<byte> json, string? contentType)
    {
        var declared = Essence(contentType) ?? MediaTypeOf(json);
        if (MediaTypes.IsIndex(declared)) return OfIndex(ImageIndex.Parse(json), declared!);
        if (MediaTypes.IsManifest(declared)) return OfManifest(Manifest.Parse(json), declared!);
        throw new DocumentException(
            $"the media type '{declared}' is not supported; expected an OCI image manifest or index, or a Docker schema 2 manifest or list");
    }

    private static ParsedManifest OfManifest(Manifest manifest, string mediaType)
    {
        Agree(manifest.MediaType, mediaType);
        var type = string.IsNullOrEmpty(manifest.ArtifactType) ? manifest.Config.MediaType : manifest.ArtifactType;
        return new(
            mediaType, type, manifest.Subject, Kept(manifest.Subject, manifest.Annotations),
            [manifest.Config, .. manifest.Layers.Where(l => !IsElsewhere(l))], [.. manifest.Layers.Where(IsElsewhere)], []);
    }

    private static ParsedManifest OfIndex(ImageIndex index, string mediaType)
    {
        Agree(index.MediaType, mediaType);
        var type = string.IsNullOrEmpty(index.ArtifactType) ? null : index.ArtifactType;
        // An index may name other things than manifests; those are blobs to a registry.
        return new(
            mediaType, type, index.Subject, Kept(index.Subject, index.Annotations),
            [.. index.Manifests.Where(d => !IsManifest(d))], [], [.. index.Manifests.Where(IsManifest)]);
    }

    private static bool IsManifest(Descriptor descriptor) => MediaTypes.IsIndex(descriptor.MediaType) || MediaTypes.IsManifest(descriptor.MediaType);

    // Non-distributable layers are got from their URLs and need not be here. OCI image spec, layer.md.
    private static bool IsElsewhere(Descriptor layer) =>
        layer.MediaType.Contains(".nondistributable.", StringComparison.Ordinal) || layer.MediaType.Contains(".foreign.", StringComparison.Ordinal);

    private static string? Kept(Descriptor? subject, IReadOnlyDictionary<string, string>? annotations) =>
        subject is null || annotations is null || annotations.Count == 0
            ? null
            : JsonSerializer.Serialize(annotations, OciJson.Default.IReadOnlyDictionaryStringString);

    private static void Agree(string? inside, string declared)
    {
        if (inside is not null && inside != declared)
            throw new DocumentException($"the manifest says that its mediaType is '{inside}' and the Content-Type says '{declared}'");
    }

    private static string? Essence(string? contentType)
    {
        if (contentType is null) return null;
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var essence = (end < 0 ? contentType : contentType[..end]).Trim().ToLowerInvariant();
        return essence is "" or "application/json" or "application/octet-stream" ? null : essence;
    }

    /// <summary>For a client that names no type: what the document itself says, else what its members tell.</summary>
    private static string? MediaTypeOf(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return null;
            if (root.TryGetProperty("mediaType"u8, out var type) && type.ValueKind == JsonValueKind.String) return type.GetString();
            return root.TryGetProperty("manifests"u8, out _) ? MediaTypes.OciIndex : MediaTypes.OciManifest;
        }
        catch (JsonException e)
        {
            throw new DocumentException($"manifest is not valid: {e.Message}", e);
        }
    }
}
