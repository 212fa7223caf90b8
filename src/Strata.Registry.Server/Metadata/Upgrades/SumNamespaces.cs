using System.Data.Common;

namespace Strata.Registry.Server;

/// <summary>From version 2 to version 3, which knows what each namespace keeps.</summary>
internal sealed class SumNamespaces : IDatabaseUpgrade
{
    private const string Tables = """
        CREATE TABLE namespaces (
            id INTEGER NOT NULL CONSTRAINT "PK_namespaces" PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, bytes INTEGER NOT NULL, quota INTEGER NULL);
        CREATE UNIQUE INDEX ix_namespaces_name ON namespaces (name);
        CREATE TABLE namespace_contents (
            namespace_id INTEGER NOT NULL, digest TEXT NOT NULL, links INTEGER NOT NULL, size INTEGER NOT NULL,
            CONSTRAINT "PK_namespace_contents" PRIMARY KEY (namespace_id, digest));
        ALTER TABLE repositories ADD COLUMN namespace_id INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE repositories ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX ix_repositories_namespace ON repositories (namespace_id);
        INSERT INTO namespaces (name, bytes) SELECT DISTINCT substr(name, 1, instr(name || '/', '/') - 1), 0 FROM repositories;
        UPDATE repositories SET namespace_id = (SELECT n.id FROM namespaces n WHERE n.name = substr(repositories.name, 1, instr(repositories.name || '/', '/') - 1));
        CREATE TEMP TABLE held AS
            SELECT repository_id, digest, size FROM blobs UNION ALL SELECT repository_id, digest, size FROM manifests;
        UPDATE repositories SET bytes = COALESCE((SELECT SUM(h.size) FROM held h WHERE h.repository_id = repositories.id), 0);
        INSERT INTO namespace_contents (namespace_id, digest, links, size)
            SELECT r.namespace_id, h.digest, COUNT(*), MAX(h.size) FROM held h JOIN repositories r ON r.id = h.repository_id GROUP BY r.namespace_id, h.digest;
        DROP TABLE held;
        UPDATE namespaces SET bytes = COALESCE((SELECT SUM(c.size) FROM namespace_contents c WHERE c.namespace_id = namespaces.id), 0);
        """;

    public void Apply(DbTransaction transaction)
    {
        using var command = transaction.Connection!.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, Tables);
        command.ExecuteNonQuery();
    }
}
