using System.Data.Common;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The prepared statements of one connection, each made at its first use; for one thread at a time.</summary>
internal abstract class Statements(DbConnection connection) : IDisposable
{
    // By reference: a statement's text is a literal, and comparing its characters would cost more than running it.
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);

    public DbTransaction? Transaction { private get; set; }

    protected DbConnection Connection { get; } = connection;

    public virtual void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
    }

    protected static Digest DigestOf(DbDataReader row) => Digest.Parse(row.GetString(0));

    protected int Run(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).Run();

    protected object? Value(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).Value();

    protected bool Is(string sql, params ReadOnlySpan<object?> values) => Prepared(sql, values).Value() is not null;

    /// <summary>All rows, read to the end: other statements may then change what they are about.</summary>
    protected List<T> All<T>(Func<DbDataReader, T> row, string sql, params ReadOnlySpan<object?> values)
    {
        var found = new List<T>();
        using var rows = Prepared(sql, values).Rows();
        while (rows.Read()) found.Add(row(rows));
        return found;
    }

    protected T? First<T>(Func<DbDataReader, T> row, string sql, params ReadOnlySpan<object?> values)
        where T : struct
    {
        using var rows = Prepared(sql, values).Rows();
        return rows.Read() ? row(rows) : null;
    }

    private Statement Prepared(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements[sql] = statement = new Statement(Connection, sql, values.Length);
        statement.Transaction = Transaction;
        return statement.With(values);
    }
}
