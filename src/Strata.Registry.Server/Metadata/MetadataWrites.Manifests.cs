using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Manifests and tags, and the counts that follow from them.</summary>
internal sealed partial class MetadataWrites
{
    private const string BlobSize = """
        SELECT b.size FROM blobs b JOIN stored_blobs s ON s.digest = b.digest
        WHERE b.repository_id = @p0 AND b.digest = @p1 AND b.hidden = 0 AND s.damaged = 0
        """;

    private const string ManifestSize = "SELECT size FROM manifests WHERE repository_id = @p0 AND digest = @p1 AND deleted = 0";

    /// <summary>Keeps the manifest and sets its tags, unless something that it references is missing or has another size.</summary>
    public PutOutcome PutManifest(string repository, Digest digest, ParsedManifest manifest, ReadOnlyMemory<byte> content, IReadOnlyList<string> tags, long now)
    {
        // A repository's name is kept only if the push succeeds: the check needs no row where there is none.
        var known = Find(repository);
        foreach (var descriptor in manifest.Blobs)
        {
            if (Check(BlobSize, known, descriptor) is { } fault) return fault;
        }
        foreach (var descriptor in manifest.Children)
        {
            // An index may be of more platforms than were copied here; what is there must be what it says.
            if (Check(ManifestSize, known, descriptor) is { Missing: null } fault) return fault;
        }
        var id = known ?? IdOf(repository);
        Keep(id, digest.ToString(), manifest, content, now);
        var moved = new List<string>();
        foreach (var tag in tags)
        {
            if (SetTag(id, tag, digest.ToString(), now)) moved.Add(tag);
        }
        return new PutOutcome(Missing: null, WrongSize: null, moved);
    }

    /// <summary>The digest that the tag named; null when there was no such tag.</summary>
    public Digest? RemoveTag(string repository, string tag, long now)
    {
        if (Find(repository) is not { } id || TagOf(id, tag) is not { } current) return null;
        EndTag(id, tag, current, now, deleted: true);
        Run("DELETE FROM tags WHERE repository_id = @p0 AND name = @p1", id, tag);
        return Digest.Parse(current.Digest);
    }

    /// <summary>
    /// Deletes a manifest and the tags that name it: no listed tag ever answers 404. On request also what refers to it, and to that.
    /// </summary>
    public Removal RemoveManifest(string repository, Digest digest, bool withReferrers, long now)
    {
        var removal = new Removal();
        if (Find(repository) is { } id) Remove(repository, id, digest, withReferrers, now, removal);
        return removal;
    }

    private void Remove(string repository, long id, Digest digest, bool withReferrers, long now, Removal removal)
    {
        var text = digest.ToString();
        if (Run("UPDATE manifests SET deleted = @p2 WHERE repository_id = @p0 AND digest = @p1 AND deleted = 0", id, text, now) == 0) return;
        var tags = All(row => row.GetString(0), "SELECT name FROM tags WHERE repository_id = @p0 AND digest = @p1 ORDER BY name", id, text);
        foreach (var tag in tags) RemoveTag(repository, tag, now);
        removal.Manifests.Add((digest, tags));
        var referrers = All(DigestOf, "SELECT digest FROM manifests WHERE repository_id = @p0 AND subject = @p1 AND deleted = 0", id, text);
        if (!withReferrers) removal.Referrers = referrers.Count;
        else foreach (var referrer in referrers) Remove(repository, id, referrer, withReferrers, now, removal);
    }

    /// <summary>Counts what a manifest of a database without counts references.</summary>
    public void CountAnew(long repository, Digest digest, string mediaType) => Reference(repository, digest.ToString(), Parsed(digest.ToString(), mediaType), by: 1);

    private void Keep(long repository, string digest, ParsedManifest manifest, ReadOnlyMemory<byte> content, long now)
    {
        if (Value("SELECT media_type FROM manifests WHERE repository_id = @p0 AND digest = @p1", repository, digest) is string mediaType)
        {
            Run("UPDATE manifests SET pushed = @p2, deleted = 0 WHERE repository_id = @p0 AND digest = @p1", repository, digest, now);
            // Mends what the disk has spoiled.
            Run("UPDATE manifest_contents SET content = @p1 WHERE digest = @p0 AND content <> @p1", digest, content.ToArray());
            // The same bytes may be read as another kind of document, which references other things.
            if (mediaType == manifest.MediaType) return;
            Reference(repository, digest, Parsed(digest, mediaType), by: -1, now);
            Run("UPDATE manifests SET media_type = @p2 WHERE repository_id = @p0 AND digest = @p1", repository, digest, manifest.MediaType);
        }
        else
        {
            Run("INSERT INTO manifest_contents (digest, content) VALUES (@p0, @p1) ON CONFLICT DO NOTHING", digest, content.ToArray());
            Run("""
                INSERT INTO manifests (repository_id, digest, media_type, size, artifact_type, subject, annotations, pushed, deleted)
                VALUES (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, 0)
                """,
                repository, digest, manifest.MediaType, (long)content.Length, manifest.ArtifactType, manifest.Subject?.Digest.ToString(),
                manifest.Annotations, now);
            Hold(repository, digest, content.Length);
        }
        Reference(repository, digest, manifest, by: 1);
    }

    /// <summary>Counts what a manifest references, or no longer does; what nothing references any more has its lease from now on.</summary>
    private void Reference(long repository, string digest, ParsedManifest manifest, int by, long now = 0)
    {
        foreach (var blob in manifest.AllBlobs()) Reference(repository, digest, blob.ToString(), by, now);
        if (by < 0)
        {
            Run("DELETE FROM index_children WHERE repository_id = @p0 AND parent = @p1", repository, digest);
            return;
        }
        foreach (var child in manifest.Children)
            Run("INSERT INTO index_children (repository_id, child, parent) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING", repository, child.Digest.ToString(), digest);
    }

    private void Reference(long repository, string manifest, string blob, int by, long now)
    {
        if (by > 0)
        {
            // A layer that need not be here, and all that a mirror has not fetched yet, is counted when it comes.
            if (Run("UPDATE blobs SET refs = refs + 1 WHERE repository_id = @p0 AND digest = @p1", repository, blob) == 0)
                Run("INSERT INTO awaited_blobs (repository_id, digest, manifest) VALUES (@p0, @p1, @p2) ON CONFLICT DO NOTHING", repository, blob, manifest);
        }
        else if (Run("UPDATE blobs SET refs = refs - 1, since = @p2 WHERE repository_id = @p0 AND digest = @p1", repository, blob, now) == 0)
        {
            Run("DELETE FROM awaited_blobs WHERE repository_id = @p0 AND digest = @p1 AND manifest = @p2", repository, blob, manifest);
        }
    }

    private ParsedManifest Parsed(string digest, string mediaType) =>
        ParsedManifest.Parse((byte[])Value("SELECT content FROM manifest_contents WHERE digest = @p0", digest)!, mediaType);

    private (string Digest, long Since)? TagOf(long repository, string tag)
    {
        var found = All(row => (row.GetString(0), row.GetInt64(1)), "SELECT digest, updated FROM tags WHERE repository_id = @p0 AND name = @p1", repository, tag);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>True when the tag is new or named another manifest before.</summary>
    private bool SetTag(long repository, string tag, string digest, long now)
    {
        var current = TagOf(repository, tag);
        var moves = current?.Digest != digest;
        if (current is { } before && moves) EndTag(repository, tag, before, now, deleted: false);
        Run("""
            INSERT INTO tags (repository_id, name, digest, updated) VALUES (@p0, @p1, @p2, @p3)
            ON CONFLICT (repository_id, name) DO UPDATE SET digest = excluded.digest, updated = excluded.updated
            """, repository, tag, digest, now);
        return moves;
    }

    private void EndTag(long repository, string tag, (string Digest, long Since) current, long now, bool deleted) => Run("""
        INSERT INTO tag_history (repository_id, name, ended, digest, started, deleted) VALUES (@p0, @p1, @p2, @p3, @p4, @p5)
        ON CONFLICT (repository_id, name, ended, digest) DO UPDATE SET deleted = excluded.deleted
        """, repository, tag, now, current.Digest, current.Since, deleted ? 1 : 0);

    private PutOutcome? Check(string size, long? repository, Descriptor descriptor)
    {
        if (repository is null || Value(size, repository, descriptor.Digest.ToString()) is not long actual)
            return new PutOutcome(descriptor.Digest, WrongSize: null, []);
        return actual == descriptor.Size ? null : new PutOutcome(Missing: null, (descriptor, actual), []);
    }
}

/// <summary>What came of a manifest: kept (with the tags that now name another manifest than before), or the reference that stops it.</summary>
internal sealed record PutOutcome(Digest? Missing, (Descriptor Descriptor, long Actual)? WrongSize, IReadOnlyList<string> MovedTags);

/// <summary>What came of deleting a manifest.</summary>
internal sealed class Removal
{
    /// <summary>What went, each with its tags; empty when there was no such manifest.</summary>
    public List<(Digest Digest, IReadOnlyList<string> Tags)> Manifests { get; } = [];

    /// <summary>How many manifests still refer to what went.</summary>
    public int Referrers { get; set; }
}
