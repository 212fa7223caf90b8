using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The hot reads, on one connection; used by one thread at a time.</summary>
internal sealed partial class MetadataReader(DbConnection connection) : Statements(connection)
{
    /// <summary>A blob that can be served from the repository; null if it has none, or a damaged one.</summary>
    public BlobEntry? Blob(string repository, Digest digest) => First(
        row => new BlobEntry(new BlobKey(digest, row.GetString(1)), row.GetInt64(0), row.GetInt64(2), row.GetInt64(3)),
        """
        SELECT b.size, s.generation, b.refs, b.since FROM repositories r JOIN blobs b ON b.repository_id = r.id
        JOIN stored_blobs s ON s.digest = b.digest WHERE r.name = @p0 AND b.digest = @p1 AND b.hidden = 0 AND s.damaged = 0
        """,
        repository, digest.ToString());

    public ManifestEntry? ByTag(string repository, string tag) => First(
        ManifestOf,
        """
        SELECT m.digest, m.media_type, m.size FROM repositories r JOIN tags t ON t.repository_id = r.id
        JOIN manifests m ON m.repository_id = r.id AND m.digest = t.digest WHERE r.name = @p0 AND t.name = @p1 AND m.deleted = 0
        """,
        repository, tag);

    public ManifestEntry? ByDigest(string repository, Digest digest) => First(
        ManifestOf,
        """
        SELECT m.digest, m.media_type, m.size FROM repositories r JOIN manifests m ON m.repository_id = r.id
        WHERE r.name = @p0 AND m.digest = @p1 AND m.deleted = 0
        """,
        repository, digest.ToString());

    /// <summary>When a tag was last set.</summary>
    public DateTimeOffset? TagTime(string repository, string tag) => First(
        row => TimeOf(row, 0),
        "SELECT t.updated FROM repositories r JOIN tags t ON t.repository_id = r.id WHERE r.name = @p0 AND t.name = @p1",
        repository, tag);

    public bool HasManifests(string repository) => Is(
        """
        SELECT 1 FROM repositories r JOIN manifests m ON m.repository_id = r.id WHERE r.name = @p0 AND m.deleted = 0 LIMIT 1
        """,
        repository);

    public byte[]? Content(Digest digest) => (byte[]?)Value("SELECT content FROM manifest_contents WHERE digest = @p0", digest.ToString());

    /// <summary>Some repositories that have the blob.</summary>
    public List<string> Homes(Digest digest) => All(
        NameOf,
        """
        SELECT r.name FROM blobs b JOIN repositories r ON r.id = b.repository_id JOIN stored_blobs s ON s.digest = b.digest
        WHERE b.digest = @p0 AND b.hidden = 0 AND s.damaged = 0 LIMIT 16
        """,
        digest.ToString());

    public override void Dispose()
    {
        base.Dispose();
        Connection.Dispose();
    }

    private static ManifestEntry ManifestOf(DbDataReader row) => new(DigestOf(row), row.GetString(1), row.GetInt64(2));

    private static string NameOf(DbDataReader row) => row.GetString(0);
}
