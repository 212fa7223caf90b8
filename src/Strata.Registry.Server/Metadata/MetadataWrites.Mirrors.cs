using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What a mirror keeps. A tag's time is when it was last asked of upstream.</summary>
internal sealed partial class MetadataWrites
{
    /// <summary>Keeps a manifest of which nothing else needs to be here yet. True when <paramref name="tag"/> is new or named another one before.</summary>
    public bool PutMirrored(string repository, Digest digest, ParsedManifest manifest, ReadOnlyMemory<byte> content, string? tag, long now)
    {
        var id = IdOf(repository);
        Keep(id, digest.ToString(), manifest, content, now);
        return tag is not null && SetTag(id, tag, digest.ToString(), now);
    }

    /// <summary>Lets a tag name a manifest that is here. True when it named another one before.</summary>
    public bool SetMirroredTag(string repository, string tag, Digest digest, long now) => SetTag(IdOf(repository), tag, digest.ToString(), now);

    /// <summary>Drops tags of a mirror that were last asked for before a time, and manifests without tag or index that came before it.</summary>
    public DroppedMirrors DropMirrored(string mirror, long before, long now, int most)
    {
        // '0' is the character after '/': all names that begin with the mirror's and a slash.
        var tags = All(
            row => (Repository: row.GetString(0), Tag: row.GetString(1), Digest: Digest.Parse(row.GetString(2))),
            """
            SELECT r.name, t.name, t.digest FROM repositories r JOIN tags t ON t.repository_id = r.id
            WHERE r.name > @p0 AND r.name < @p1 AND t.updated < @p2 LIMIT @p3
            """,
            mirror + "/", mirror + "0", before, most);
        foreach (var (repository, tag, _) in tags) RemoveTag(repository, tag, now);
        var loose = Run(
            """
            UPDATE manifests SET deleted = @p3 WHERE (repository_id, digest) IN (
            SELECT m.repository_id, m.digest FROM repositories r JOIN manifests m ON m.repository_id = r.id
            WHERE r.name > @p0 AND r.name < @p1 AND m.pushed < @p2 AND m.deleted = 0
            AND NOT EXISTS (SELECT 1 FROM tags t WHERE t.repository_id = m.repository_id AND t.digest = m.digest)
            AND NOT EXISTS (SELECT 1 FROM index_children c WHERE c.repository_id = m.repository_id AND c.child = m.digest) LIMIT @p4)
            """,
            mirror + "/", mirror + "0", before, now, most);
        return new DroppedMirrors(tags, tags.Count + loose);
    }
}

/// <summary>What a mirror let go.</summary>
internal sealed record DroppedMirrors(IReadOnlyList<(string Repository, string Tag, Digest Digest)> Tags, int Count);
