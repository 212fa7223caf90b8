using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>What namespaces keep: a count for each content, and a sum that is changed with it, so that nobody has to add up rows.</summary>
internal sealed partial class MetadataWrites
{
    /// <summary>The namespace's room, where it does not hold the content; null where it does, or has it already.</summary>
    public NamespaceRoom? Excess(string name, Digest digest, long size, long? configured)
    {
        var entry = First(NamespaceEntry.Of, NamespaceEntry.ByName, name) ?? default;
        var room = new NamespaceRoom(name, entry.Bytes, entry.Quota.Limit(configured));
        if (room.Holds(size)) return null;
        return Is("SELECT 1 FROM namespace_contents WHERE namespace_id = @p0 AND digest = @p1", entry.Id, digest.ToString()) ? null : room;
    }

    /// <summary>True where that changed something.</summary>
    public bool SetQuota(string name, QuotaSetting setting) =>
        Run("UPDATE namespaces SET quota = @p1 WHERE id = @p0", NamespaceIdOf(name), setting.Stored) > 0;

    private long NamespaceIdOf(string name) => First(NamespaceEntry.Of, NamespaceEntry.ByName, name)?.Id
        ?? (long)Value("INSERT INTO namespaces (name, bytes) VALUES (@p0, 0) RETURNING id", name)!;

    /// <summary>A repository has a blob or a manifest from now on.</summary>
    private void Hold(long repository, string digest, long size)
    {
        var space = (long)Value("UPDATE repositories SET bytes = bytes + @p1 WHERE id = @p0 RETURNING namespace_id", repository, size)!;
        var links = Value(
            """
            INSERT INTO namespace_contents (namespace_id, digest, links, size) VALUES (@p0, @p1, 1, @p2)
            ON CONFLICT (namespace_id, digest) DO UPDATE SET links = namespace_contents.links + 1 RETURNING links
            """,
            space, digest, size);
        if (links is 1L) Run("UPDATE namespaces SET bytes = bytes + @p1 WHERE id = @p0", space, size);
    }

    /// <summary>A repository no longer has it.</summary>
    private void Release(long repository, string digest)
    {
        if (First(
            row => (Space: row.GetInt64(0), Links: row.GetInt64(1), Size: row.GetInt64(2)),
            """
            UPDATE namespace_contents SET links = links - 1
            WHERE namespace_id = (SELECT namespace_id FROM repositories WHERE id = @p0) AND digest = @p1 RETURNING namespace_id, links, size
            """,
            repository, digest) is not { } held)
            return;
        Run("UPDATE repositories SET bytes = bytes - @p1 WHERE id = @p0", repository, held.Size);
        if (held.Links > 0) return;
        Run("DELETE FROM namespace_contents WHERE namespace_id = @p0 AND digest = @p1", held.Space, digest);
        Run("UPDATE namespaces SET bytes = bytes - @p1 WHERE id = @p0", held.Space, held.Size);
    }
}
