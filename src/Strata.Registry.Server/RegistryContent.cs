using Strata.Oci;

namespace Strata.Registry.Server;

internal sealed class RegistryContent(RegistryDatabase database, IBlobStorage storage, ManifestCache cache) : IRegistryContent
{
    public RegistryManifest? FindManifest(string repository, string reference)
    {
        var found = Digest.TryParse(reference, out var digest)
            ? database.Read((repository, digest), static (r, s) => r.ByDigest(s.repository, s.digest))
            : database.Read((repository, reference), static (r, s) => r.ByTag(s.repository, s.reference));
        if (found is not { } entry) return null;
        var content = cache.Find(entry.Digest) ?? database.Read(entry.Digest, static (r, d) => r.Content(d));
        return content is null ? null : new RegistryManifest(entry.Digest, entry.MediaType, content);
    }

    public async ValueTask<byte[]?> ReadBlobAsync(string repository, Digest digest, int most, CancellationToken cancellationToken)
    {
        if (database.Read((repository, digest), static (r, s) => r.Blob(s.repository, s.digest)) is not { } found || found.Size > most) return null;
        using var blob = await storage.OpenAsync(found.Key, cancellationToken).ConfigureAwait(false);
        if (blob is null || blob.Size != found.Size) return null;
        var content = new byte[found.Size];
        for (var at = 0; at < content.Length;)
        {
            var read = await blob.ReadAsync(content.AsMemory(at), at, cancellationToken).ConfigureAwait(false);
            if (read == 0) return null;
            at += read;
        }
        return content;
    }

    public async ValueTask<Stream?> OpenBlobAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        if (database.Read((repository, digest), static (r, s) => r.Blob(s.repository, s.digest)) is not { } found) return null;
        return await storage.OpenAsync(found.Key, cancellationToken).ConfigureAwait(false) is { } blob ? new BlobStream(blob) : null;
    }

    public bool IsStored(Digest digest) => database.Read(digest, static (r, d) => r.Stored(d) is not null || r.Content(d) is not null);

    public IReadOnlyList<Digest> ListReferrers(string repository, Digest subject, int most) =>
        [.. database.Read((repository, subject, most), static (r, s) => r.Referrers(s.repository, s.subject, artifactType: "", after: "", s.most)).Select(r => r.Manifest.Digest)];

    public IReadOnlyList<string> ListRepositories(string after, int most) =>
        database.Read((after, most), static (r, s) => r.Repositories(s.after, s.most));

    public IReadOnlyList<RegistryTag> ListTags(string repository, string after, int most) =>
        database.Read((repository, after, most), static (r, s) => r.TagEntries(s.repository, s.after, s.most));
}
