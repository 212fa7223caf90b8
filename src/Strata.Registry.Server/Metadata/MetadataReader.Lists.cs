using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Pages: each begins after a name, in the order of an index, so that the last costs what the first does.</summary>
internal sealed partial class MetadataReader
{
    /// <summary>Null when there is no such repository.</summary>
    public List<string>? Tags(string repository, string after, int most) =>
        Value("SELECT id FROM repositories WHERE name = @p0", repository) is long id
            ? All(NameOf, "SELECT name FROM tags WHERE repository_id = @p0 AND name > @p1 ORDER BY name LIMIT @p2", id, after, most)
            : null;

    public List<string> Repositories(string after, int most) => All(
        NameOf,
        """
        SELECT name FROM repositories r WHERE name > @p0
        AND EXISTS (SELECT 1 FROM manifests m WHERE m.repository_id = r.id AND m.deleted = 0) ORDER BY name LIMIT @p1
        """,
        after, most);

    public List<ReferrerEntry> Referrers(string repository, Digest subject, string artifactType, string after, int most) => All(
        row => new ReferrerEntry(ManifestOf(row), row.IsDBNull(3) ? null : row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4)),
        """
        SELECT m.digest, m.media_type, m.size, m.artifact_type, m.annotations FROM repositories r JOIN manifests m ON m.repository_id = r.id
        WHERE r.name = @p0 AND m.subject = @p1 AND m.digest > @p2 AND m.deleted = 0 AND (@p3 = '' OR m.artifact_type = @p3)
        ORDER BY m.digest LIMIT @p4
        """,
        repository, subject.ToString(), after, artifactType, most);

    public List<RegistryTag> TagEntries(string repository, string after, int most) => All(
        row => new RegistryTag(row.GetString(0), Digest.Parse(row.GetString(1)), TimeOf(row, 2)),
        """
        SELECT t.name, t.digest, t.updated FROM repositories r JOIN tags t ON t.repository_id = r.id
        WHERE r.name = @p0 AND t.name > @p1 ORDER BY t.name LIMIT @p2
        """,
        repository, after, most);

    /// <summary>Where tags were before, of which the manifest is still there; the latest first. An empty name asks for all tags.</summary>
    public List<PastTag> History(string repository, string tag, int most) => All(
        row => new PastTag(row.GetString(0), Digest.Parse(row.GetString(1)), TimeOf(row, 2), TimeOf(row, 3), row.GetInt64(4) != 0),
        """
        SELECT h.name, h.digest, h.started, h.ended, h.deleted FROM repositories r JOIN tag_history h ON h.repository_id = r.id
        JOIN manifests m ON m.repository_id = r.id AND m.digest = h.digest
        WHERE r.name = @p0 AND (@p1 = '' OR h.name = @p1) ORDER BY h.ended DESC, h.name LIMIT @p2
        """,
        repository, tag, most);

    private static DateTimeOffset TimeOf(DbDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
