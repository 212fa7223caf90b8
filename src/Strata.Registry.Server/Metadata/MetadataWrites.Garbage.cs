namespace Strata.Registry.Server;

/// <summary>
/// What garbage collection does to the tables. A manifest stays while a tag names it, an index holds it, its subject is there, or a tag
/// that named it can still be brought back. One that was only ever pushed by its digest stays until somebody deletes it.
/// </summary>
internal sealed partial class MetadataWrites
{
    /// <summary>Removes manifests that were deleted at or before <paramref name="cutoff"/>, by digest or with their last tag. 0 when there are no more.</summary>
    public int EraseExpired(long cutoff, long now, int most, CollectedGarbage collected)
    {
        var deleted = All(
            row => (Repository: row.GetInt64(0), Digest: row.GetString(1), Deleted: row.GetInt64(2)),
            "SELECT repository_id, digest, deleted FROM manifests WHERE deleted > 0 AND deleted <= @p0 LIMIT @p1", cutoff, most);
        foreach (var (repository, digest, at) in deleted) Erase(repository, digest, at, cutoff, now, collected);
        var ended = All(
            row => (Repository: row.GetInt64(0), Name: row.GetString(1), Ended: row.GetInt64(2), Digest: row.GetString(3)),
            "SELECT repository_id, name, ended, digest FROM tag_history WHERE deleted = 1 AND ended <= @p0 LIMIT @p1", cutoff, most);
        foreach (var (repository, name, at, digest) in ended)
        {
            Run("DELETE FROM tag_history WHERE repository_id = @p0 AND name = @p1 AND ended = @p2 AND digest = @p3", repository, name, at, digest);
            if (!IsNeeded(repository, digest, cutoff)) Erase(repository, digest, at, cutoff, now, collected);
            RemoveIfEmpty(repository);
        }
        return deleted.Count + ended.Count;
    }

    /// <summary>Forgets where tags were before <paramref name="cutoff"/>, unless they can be brought back. 0 when there is no more.</summary>
    public int ForgetMoves(long cutoff, int most)
    {
        var moves = All(
            row => (Repository: row.GetInt64(0), Name: row.GetString(1), Ended: row.GetInt64(2), Digest: row.GetString(3)),
            "SELECT repository_id, name, ended, digest FROM tag_history WHERE deleted = 0 AND ended <= @p0 LIMIT @p1", cutoff, most);
        foreach (var (repository, name, ended, digest) in moves)
        {
            Run("DELETE FROM tag_history WHERE repository_id = @p0 AND name = @p1 AND ended = @p2 AND digest = @p3", repository, name, ended, digest);
            RemoveIfEmpty(repository);
        }
        return moves.Count;
    }

    /// <summary>Unlinks blobs that no manifest names and whose lease ended at or before <paramref name="cutoff"/>. 0 when there are no more.</summary>
    public int UnlinkUnreferenced(long cutoff, int most, CollectedGarbage collected)
    {
        var found = All(
            row => (Repository: row.GetInt64(0), Digest: row.GetString(1)),
            "SELECT repository_id, digest FROM blobs WHERE refs = 0 AND since <= @p0 LIMIT @p1", cutoff, most);
        foreach (var (repository, digest) in found)
        {
            collected.Links++;
            if (Unlink(repository, digest) is { } gone) collected.Add(gone.Key, gone.Size);
        }
        return found.Count;
    }

    /// <summary>Removes a manifest for good, and the children and referrers that nothing else holds.</summary>
    private void Erase(long repository, string digest, long deleted, long cutoff, long now, CollectedGarbage collected)
    {
        if (Value("SELECT media_type FROM manifests WHERE repository_id = @p0 AND digest = @p1", repository, digest) is not string mediaType) return;
        var children = All(row => row.GetString(0), "SELECT child FROM index_children WHERE repository_id = @p0 AND parent = @p1", repository, digest);
        // What came later refers to something that it knew to be gone.
        var referrers = All(
            row => row.GetString(0), "SELECT digest FROM manifests WHERE repository_id = @p0 AND subject = @p1 AND pushed <= @p2", repository, digest, deleted);
        Reference(repository, digest, Parsed(digest, mediaType), by: -1, now);
        Run("DELETE FROM manifests WHERE repository_id = @p0 AND digest = @p1", repository, digest);
        Release(repository, digest);
        Run("DELETE FROM manifest_contents WHERE digest = @p0 AND NOT EXISTS (SELECT 1 FROM manifests m WHERE m.digest = @p0)", digest);
        collected.Manifests++;
        foreach (var follower in children.Concat(referrers))
            if (!IsNeeded(repository, follower, cutoff)) Erase(repository, follower, deleted, cutoff, now, collected);
    }

    private bool IsNeeded(long repository, string digest, long cutoff) =>
        Is("SELECT 1 FROM tags WHERE repository_id = @p0 AND digest = @p1 LIMIT 1", repository, digest)
        || Is("SELECT 1 FROM index_children WHERE repository_id = @p0 AND child = @p1 LIMIT 1", repository, digest)
        || Is("SELECT 1 FROM tag_history WHERE repository_id = @p0 AND digest = @p1 AND deleted = 1 AND ended > @p2 LIMIT 1", repository, digest, cutoff)
        || Is("""
            SELECT 1 FROM manifests m JOIN manifests s ON s.repository_id = m.repository_id AND s.digest = m.subject
            WHERE m.repository_id = @p0 AND m.digest = @p1 LIMIT 1
            """, repository, digest);
}
