using System.Data.Common;
using System.Globalization;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// From version 1, which knew what there is, to version 2, which also counts what needs it, keeps what was deleted for a while, and
/// remembers where tags were.
/// </summary>
internal sealed class CountReferences(TimeProvider time) : IDatabaseUpgrade
{
    private const string Tables = """
        ALTER TABLE blobs ADD COLUMN refs INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE blobs ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE blobs ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX ix_blobs_unreferenced ON blobs (since) WHERE refs = 0;
        ALTER TABLE manifests ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX ix_manifests_deleted ON manifests (deleted) WHERE deleted > 0;
        CREATE TABLE stored_blobs (
            digest TEXT NOT NULL CONSTRAINT "PK_stored_blobs" PRIMARY KEY, size INTEGER NOT NULL, generation TEXT NOT NULL,
            links INTEGER NOT NULL, damaged INTEGER NOT NULL, checked INTEGER NOT NULL);
        CREATE INDEX ix_stored_blobs_checked ON stored_blobs (checked);
        INSERT INTO stored_blobs (digest, size, generation, links, damaged, checked)
            SELECT digest, MAX(size), '', COUNT(*), 0, 0 FROM blobs GROUP BY digest;
        CREATE TABLE awaited_blobs (
            repository_id INTEGER NOT NULL, digest TEXT NOT NULL, manifest TEXT NOT NULL,
            CONSTRAINT "PK_awaited_blobs" PRIMARY KEY (repository_id, digest, manifest));
        CREATE TABLE index_children (
            repository_id INTEGER NOT NULL, child TEXT NOT NULL, parent TEXT NOT NULL,
            CONSTRAINT "PK_index_children" PRIMARY KEY (repository_id, child, parent));
        CREATE INDEX ix_index_children_parent ON index_children (repository_id, parent);
        CREATE TABLE tag_history (
            repository_id INTEGER NOT NULL, name TEXT NOT NULL, ended INTEGER NOT NULL, digest TEXT NOT NULL, started INTEGER NOT NULL,
            deleted INTEGER NOT NULL, CONSTRAINT "PK_tag_history" PRIMARY KEY (repository_id, name, ended, digest));
        CREATE INDEX ix_tag_history_digest ON tag_history (repository_id, digest);
        CREATE INDEX ix_tag_history_ended ON tag_history (ended);
        """;

    public void Apply(DbTransaction transaction)
    {
        var connection = transaction.Connection!;
        using (var command = connection.CreateCommand())
        {
            // A push may be under way, begun before the program was replaced: all leases begin now.
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            command.Transaction = transaction;
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{Tables}\nUPDATE blobs SET since = {now};");
            command.ExecuteNonQuery();
        }
        using var writes = new MetadataWrites(connection) { Transaction = transaction };
        foreach (var (repository, digest, mediaType) in Manifests(transaction)) writes.CountAnew(repository, digest, mediaType);
    }

    private static List<(long Repository, Digest Digest, string MediaType)> Manifests(DbTransaction transaction)
    {
        var found = new List<(long, Digest, string)>();
        using var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, "SELECT repository_id, digest, media_type FROM manifests");
        using var rows = command.ExecuteReader();
        while (rows.Read()) found.Add((rows.GetInt64(0), Digest.Parse(rows.GetString(1)), rows.GetString(2)));
        return found;
    }
}
