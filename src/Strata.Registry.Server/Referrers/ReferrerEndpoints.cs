using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What refers to a manifest. Distribution spec, "Listing Referrers": never 404, for a subject need not exist.</summary>
internal sealed class ReferrerEndpoints(RegistryDatabase database, Mirrors mirrors, ReferrerMirror mirror)
{
    private const int MostPerPage = 1000;

    /// <summary>The answer is an index and clients refuse those over 4 MiB; annotations count most.</summary>
    private const int MostBytes = Manifest.MaxBytes / 2;
    private const int BytesPerEntry = 512;

    public async ValueTask<RegistryFault?> ListAsync(HttpContext context, string repository, string reference)
    {
        if (!Digest.TryParse(reference, out var subject))
            return RegistryFault.DigestInvalid("the digest is malformed or of an algorithm that is not supported", reference);
        var query = context.Request.Query;
        var filter = query["artifactType"].ToString();
        var after = query["last"].ToString();
        var found = mirrors.Find(repository) is { } home
            ? await MirroredAsync(context, home, subject, filter, after).ConfigureAwait(false)
            : Local(repository, subject, filter, after);

        var (page, more) = Cut(found);
        var headers = context.Response.Headers;
        if (filter.Length > 0) headers["OCI-Filters-Applied"] = "artifactType";
        if (more)
        {
            var type = filter.Length > 0 ? "&artifactType=" + Uri.EscapeDataString(filter) : "";
            headers.Link = $"</v2/{repository}/referrers/{subject}?last={page[^1].Digest}{type}>; rel=\"next\"";
        }
        var content = new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = page }.ToBytes();
        context.Response.ContentType = MediaTypes.OciIndex;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(content, context.RequestAborted).ConfigureAwait(false);
        return null;
    }

    private IReadOnlyList<Descriptor> Local(string repository, Digest subject, string filter, string after) =>
        [.. database.Read((repository, subject, filter, after), static (r, s) => r.Referrers(s.repository, s.subject, s.filter, s.after, MostPerPage + 1)).Select(Describe)];

    private async ValueTask<IReadOnlyList<Descriptor>> MirroredAsync(HttpContext context, MirroredRepository home, Digest subject, string filter, string after)
    {
        var (all, isStale) = await mirror.ListAsync(
            home, subject, () => Local(home.Local, subject, filter: "", after: ""), context.RequestAborted).ConfigureAwait(false);
        // RFC 7234, section 5.5.1: upstream was asked and had no answer.
        if (isStale) context.Response.Headers.Warning = "111 - \"Revalidation Failed\"";
        return
        [
            .. all.Where(d => (filter.Length == 0 || d.ArtifactType == filter) && string.CompareOrdinal(d.Digest.ToString(), after) > 0)
                .Take(MostPerPage + 1),
        ];
    }

    private static Descriptor Describe(ReferrerEntry entry) => new()
    {
        MediaType = entry.Manifest.MediaType,
        Digest = entry.Manifest.Digest,
        Size = entry.Manifest.Size,
        ArtifactType = entry.ArtifactType,
        Annotations = entry.Annotations is null ? null : JsonSerializer.Deserialize(entry.Annotations, OciJson.Default.IReadOnlyDictionaryStringString),
    };

    private static (List<Descriptor> Page, bool More) Cut(IReadOnlyList<Descriptor> found)
    {
        var page = new List<Descriptor>();
        long bytes = 0;
        foreach (var descriptor in found)
        {
            bytes += BytesPerEntry + (descriptor.Annotations?.Sum(a => (long)a.Key.Length + a.Value.Length + 6) ?? 0);
            // One always fits: a manifest is not larger than an index may be.
            if (page.Count == MostPerPage || (bytes > MostBytes && page.Count > 0)) return (page, true);
            page.Add(descriptor);
        }
        return (page, false);
    }
}
