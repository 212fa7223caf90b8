using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Bringing back what was deleted, and what the scrubber found.</summary>
internal sealed partial class MetadataWrites
{
    /// <summary>Lets a tag name again what it named before.</summary>
    /// <param name="digest">Which of its manifests; null for the last.</param>
    /// <returns>The manifest; null when there is nothing to bring back.</returns>
    public (Digest Digest, string MediaType)? RestoreTag(string repository, string tag, Digest? digest, long now)
    {
        if (Find(repository) is not { } id) return null;
        var wanted = digest?.ToString() ?? "";
        if (First(
            row => (Digest: DigestOf(row), MediaType: row.GetString(1), Ended: row.GetInt64(2)),
            """
            SELECT h.digest, m.media_type, h.ended FROM tag_history h JOIN manifests m ON m.repository_id = h.repository_id AND m.digest = h.digest
            WHERE h.repository_id = @p0 AND h.name = @p1 AND (@p2 = '' OR h.digest = @p2) ORDER BY h.ended DESC LIMIT 1
            """,
            id, tag, wanted) is not { } found)
            return null;
        Revive(id, found.Digest.ToString());
        Run(
            "DELETE FROM tag_history WHERE repository_id = @p0 AND name = @p1 AND ended = @p2 AND digest = @p3",
            id, tag, found.Ended, found.Digest.ToString());
        SetTag(id, tag, found.Digest.ToString(), now);
        return (found.Digest, found.MediaType);
    }

    /// <summary>Brings back a manifest that was deleted by its digest, without its tags. Its media type; null when there is nothing to bring back.</summary>
    public string? RestoreManifest(string repository, Digest digest)
    {
        if (Find(repository) is not { } id
            || Value("SELECT media_type FROM manifests WHERE repository_id = @p0 AND digest = @p1", id, digest.ToString()) is not string mediaType)
            return null;
        Revive(id, digest.ToString());
        return mediaType;
    }

    /// <summary>Says that a blob's bytes have their digest, or no longer have it. False when they have been replaced in the meantime.</summary>
    public bool Checked(BlobKey key, bool isDamaged, long now) => Run(
        "UPDATE stored_blobs SET checked = @p2, damaged = @p3 WHERE digest = @p0 AND generation = @p1",
        key.Digest.ToString(), key.Generation, now, isDamaged ? 1 : 0) > 0;

    /// <summary>Undoes a deletion with all that the manifest needs: its blobs, and the manifests that it holds.</summary>
    private void Revive(long repository, string digest)
    {
        Run("UPDATE manifests SET deleted = 0 WHERE repository_id = @p0 AND digest = @p1", repository, digest);
        var mediaType = (string)Value("SELECT media_type FROM manifests WHERE repository_id = @p0 AND digest = @p1", repository, digest)!;
        foreach (var blob in Parsed(digest, mediaType).AllBlobs())
            Run("UPDATE blobs SET hidden = 0 WHERE repository_id = @p0 AND digest = @p1", repository, blob.ToString());
        foreach (var child in All(
            row => row.GetString(0),
            """
            SELECT c.child FROM index_children c JOIN manifests m ON m.repository_id = c.repository_id AND m.digest = c.child
            WHERE c.repository_id = @p0 AND c.parent = @p1
            """,
            repository, digest))
            Revive(repository, child);
    }
}
