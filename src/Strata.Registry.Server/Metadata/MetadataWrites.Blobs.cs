using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Blobs: which repository links which, and whether anything still needs their bytes.</summary>
internal sealed partial class MetadataWrites
{
    /// <summary>
    /// Links a blob whose bytes were just stored under the key. They take the place of older ones, which also mends damage.
    /// </summary>
    /// <returns>The key whose bytes nothing needs any more; the caller removes them once this is committed.</returns>
    public BlobKey? LinkBlob(string repository, BlobKey key, long size, long now)
    {
        var digest = key.Digest.ToString();
        var before = (string?)Value("SELECT generation FROM stored_blobs WHERE digest = @p0", digest);
        Run("""
            INSERT INTO stored_blobs (digest, size, generation, links, damaged, checked) VALUES (@p0, @p1, @p2, 0, 0, @p3)
            ON CONFLICT (digest) DO UPDATE SET size = excluded.size, generation = excluded.generation, damaged = 0, checked = excluded.checked
            """, digest, size, key.Generation, now);
        Link(IdOf(repository), digest, size, now);
        return before is null || before == key.Generation ? null : key with { Generation = before };
    }

    /// <summary>Links a blob that another repository has. False when its bytes are gone or damaged.</summary>
    public bool MountBlob(string repository, Digest digest, long now)
    {
        if (SoundSize(digest) is not { } size) return false;
        Link(IdOf(repository), digest.ToString(), size, now);
        return true;
    }

    /// <summary>The size of a blob that some repository has; null when its bytes are gone or damaged.</summary>
    public long? SoundSize(Digest digest) => (long?)Value("SELECT size FROM stored_blobs WHERE digest = @p0 AND damaged = 0", digest.ToString());

    /// <summary>A client is about to need the blob: its lease begins anew.</summary>
    public bool TouchBlob(string repository, Digest digest, long now) => Find(repository) is { } id
        && Run("UPDATE blobs SET since = @p2 WHERE repository_id = @p0 AND digest = @p1 AND hidden = 0", id, digest.ToString(), now) > 0;

    /// <summary>
    /// Takes a blob out of a repository. While a manifest names it, perhaps one that can still be brought back, it is only hidden.
    /// </summary>
    public UnlinkOutcome UnlinkBlob(string repository, Digest digest)
    {
        var text = digest.ToString();
        if (Find(repository) is not { } id
            || Value("SELECT refs FROM blobs WHERE repository_id = @p0 AND digest = @p1 AND hidden = 0", id, text) is not long refs)
            return new UnlinkOutcome(Found: false, Unneeded: null);
        if (refs == 0) return new UnlinkOutcome(Found: true, Unlink(id, text)?.Key);
        Run("UPDATE blobs SET hidden = 1 WHERE repository_id = @p0 AND digest = @p1", id, text);
        return new UnlinkOutcome(Found: true, Unneeded: null);
    }

    private void Link(long repository, string digest, long size, long now)
    {
        if (Run("UPDATE blobs SET since = @p2, hidden = 0 WHERE repository_id = @p0 AND digest = @p1", repository, digest, now) > 0) return;
        var refs = Value(
            """
            INSERT INTO blobs (repository_id, digest, size, refs, since, hidden) VALUES (@p0, @p1, @p2,
            (SELECT COUNT(*) FROM awaited_blobs WHERE repository_id = @p0 AND digest = @p1), @p3, 0) RETURNING refs
            """,
            repository, digest, size, now);
        if (refs is not 0L) Run("DELETE FROM awaited_blobs WHERE repository_id = @p0 AND digest = @p1", repository, digest);
        Run("UPDATE stored_blobs SET links = links + 1 WHERE digest = @p0", digest);
        Hold(repository, digest, size);
    }

    /// <summary>What is to be removed from the storage, when this was the last repository that linked the blob.</summary>
    private (BlobKey Key, long Size)? Unlink(long repository, string digest)
    {
        Run("DELETE FROM blobs WHERE repository_id = @p0 AND digest = @p1", repository, digest);
        Run("UPDATE stored_blobs SET links = links - 1 WHERE digest = @p0", digest);
        Release(repository, digest);
        var gone = All(
            row => (new BlobKey(DigestOf(row), row.GetString(1)), row.GetInt64(2)),
            "DELETE FROM stored_blobs WHERE digest = @p0 AND links <= 0 RETURNING digest, generation, size", digest);
        RemoveIfEmpty(repository);
        return gone.Count == 0 ? null : gone[0];
    }

    private void RemoveIfEmpty(long repository) => Run("""
        DELETE FROM repositories WHERE id = @p0
        AND NOT EXISTS (SELECT 1 FROM blobs WHERE repository_id = @p0) AND NOT EXISTS (SELECT 1 FROM manifests WHERE repository_id = @p0)
        AND NOT EXISTS (SELECT 1 FROM tag_history WHERE repository_id = @p0)
        """, repository);
}

/// <summary>What came of taking a blob out of a repository.</summary>
/// <param name="Found">False when the repository did not have it.</param>
/// <param name="Unneeded">Bytes that nothing needs any more; the caller removes them once this is committed.</param>
internal readonly record struct UnlinkOutcome(bool Found, BlobKey? Unneeded);
