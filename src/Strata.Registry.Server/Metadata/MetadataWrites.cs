using System.Data.Common;

namespace Strata.Registry.Server;

/// <summary>The writes, on the one connection that writes. Each verb runs inside a transaction that its caller commits.</summary>
internal sealed partial class MetadataWrites(DbConnection connection) : Statements(connection)
{
    private long? Find(string repository) => (long?)Value("SELECT id FROM repositories WHERE name = @p0", repository);

    private long IdOf(string repository) =>
        Find(repository) ?? (long)Value(
            "INSERT INTO repositories (name, namespace_id) VALUES (@p0, @p1) RETURNING id", repository, NamespaceIdOf(RepositoryNamespace.Of(repository)))!;
}
