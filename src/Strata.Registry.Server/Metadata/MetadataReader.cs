using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The hot reads, as prepared statements on one connection; used by one thread at a time.</summary>
internal sealed class MetadataReader : IDisposable
{
    private readonly DbConnection _connection;
    private readonly Statement _blob;
    private readonly Statement _byTag;
    private readonly Statement _byDigest;
    private readonly Statement _content;
    private readonly Statement _repository;
    private readonly Statement _tags;
    private readonly Statement _repositories;
    private readonly Statement _referrers;
    private readonly Statement _homes;
    private readonly Statement _tagEntries;

    public MetadataReader(DbConnection connection)
    {
        _connection = connection;
        _blob = new(connection, "SELECT b.size FROM repositories r JOIN blobs b ON b.repository_id = r.id WHERE r.name = @p0 AND b.digest = @p1", 2);
        _byTag = new(connection, """
            SELECT m.digest, m.media_type, m.size FROM repositories r JOIN tags t ON t.repository_id = r.id
            JOIN manifests m ON m.repository_id = r.id AND m.digest = t.digest WHERE r.name = @p0 AND t.name = @p1
            """, 2);
        _byDigest = new(connection, """
            SELECT m.digest, m.media_type, m.size FROM repositories r JOIN manifests m ON m.repository_id = r.id
            WHERE r.name = @p0 AND m.digest = @p1
            """, 2);
        _content = new(connection, "SELECT content FROM manifest_contents WHERE digest = @p0", 1);
        _repository = new(connection, "SELECT id FROM repositories WHERE name = @p0", 1);
        _tags = new(connection, "SELECT name FROM tags WHERE repository_id = @p0 AND name > @p1 ORDER BY name LIMIT @p2", 3);
        _repositories = new(connection, """
            SELECT name FROM repositories r WHERE name > @p0
            AND EXISTS (SELECT 1 FROM manifests m WHERE m.repository_id = r.id) ORDER BY name LIMIT @p1
            """, 2);
        _referrers = new(connection, """
            SELECT m.digest, m.media_type, m.size, m.artifact_type, m.annotations FROM repositories r JOIN manifests m ON m.repository_id = r.id
            WHERE r.name = @p0 AND m.subject = @p1 AND m.digest > @p2 AND (@p3 = '' OR m.artifact_type = @p3) ORDER BY m.digest LIMIT @p4
            """, 5);
        _tagEntries = new(connection, """
            SELECT t.name, t.digest, t.updated FROM repositories r JOIN tags t ON t.repository_id = r.id
            WHERE r.name = @p0 AND t.name > @p1 ORDER BY t.name LIMIT @p2
            """, 3);
        _homes = new(connection, "SELECT r.name, b.size FROM blobs b JOIN repositories r ON r.id = b.repository_id WHERE b.digest = @p0 LIMIT 16", 1);
    }

    public long? BlobSize(string repository, Digest digest) => (long?)_blob.With(repository, digest.ToString()).Value();

    public ManifestEntry? ByTag(string repository, string tag) => One(_byTag.With(repository, tag));

    public ManifestEntry? ByDigest(string repository, Digest digest) => One(_byDigest.With(repository, digest.ToString()));

    public byte[]? Content(Digest digest) => (byte[]?)_content.With(digest.ToString()).Value();

    /// <summary>Null when there is no such repository.</summary>
    public List<string>? Tags(string repository, string after, int most)
    {
        if (_repository.With(repository).Value() is not long id) return null;
        return Names(_tags.With(id, after, most));
    }

    public List<string> Repositories(string after, int most) => Names(_repositories.With(after, most));

    public List<ReferrerEntry> Referrers(string repository, Digest subject, string artifactType, string after, int most)
    {
        var found = new List<ReferrerEntry>();
        using var rows = _referrers.With(repository, subject.ToString(), after, artifactType, most).Rows();
        while (rows.Read())
        {
            found.Add(new ReferrerEntry(
                new ManifestEntry(Digest.Parse(rows.GetString(0)), rows.GetString(1), rows.GetInt64(2)),
                rows.IsDBNull(3) ? null : rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetString(4)));
        }
        return found;
    }

    public List<RegistryTag> TagEntries(string repository, string after, int most)
    {
        var found = new List<RegistryTag>();
        using var rows = _tagEntries.With(repository, after, most).Rows();
        while (rows.Read())
            found.Add(new RegistryTag(rows.GetString(0), Digest.Parse(rows.GetString(1)), DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(2))));
        return found;
    }

    /// <summary>Some repositories that have the blob.</summary>
    public List<(string Repository, long Size)> Homes(Digest digest)
    {
        var found = new List<(string, long)>();
        using var rows = _homes.With(digest.ToString()).Rows();
        while (rows.Read()) found.Add((rows.GetString(0), rows.GetInt64(1)));
        return found;
    }

    public void Dispose()
    {
        foreach (var statement in (Statement[])[_blob, _byTag, _byDigest, _content, _repository, _tags, _repositories, _referrers, _homes, _tagEntries])
            statement.Dispose();
        _connection.Dispose();
    }

    private static ManifestEntry? One(Statement statement)
    {
        using var rows = statement.Rows();
        return rows.Read() ? new ManifestEntry(Digest.Parse(rows.GetString(0)), rows.GetString(1), rows.GetInt64(2)) : null;
    }

    private static List<string> Names(Statement statement)
    {
        var names = new List<string>();
        using var rows = statement.Rows();
        while (rows.Read()) names.Add(rows.GetString(0));
        return names;
    }
}

/// <summary>A manifest that names a subject, with what the referrers list shows of it.</summary>
internal readonly record struct ReferrerEntry(ManifestEntry Manifest, string? ArtifactType, string? Annotations);
