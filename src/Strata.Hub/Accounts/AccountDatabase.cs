using System.Data.Common;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>The tables of accounts, for any thread: one at a time. Writes are rare, and on disk when they return.</summary>
internal sealed class AccountDatabase : IDisposable
{
    private static readonly DatabaseSchema Schema = new("account_schema", Version: 1, Upgrades: []);
    private readonly Lock _turn = new();
    private readonly DbConnection _connection;

    /// <param name="provider">Durable: a password that was changed stays changed.</param>
    public AccountDatabase(IDatabaseProvider provider)
    {
        _connection = provider.Open();
        Schema.Ensure<AccountDbContext>(provider, _connection, options => new AccountDbContext(options));
    }

    /// <summary>All changes, or none. Gives how many rows the last one touched.</summary>
    public int Write(params ReadOnlySpan<Change> changes)
    {
        lock (_turn)
        {
            using var transaction = _connection.BeginTransaction();
            var touched = 0;
            foreach (var change in changes)
            {
                using var command = CommandOf(change.Sql, change.Values);
                command.Transaction = transaction;
                touched = command.ExecuteNonQuery();
            }
            transaction.Commit();
            return touched;
        }
    }

    public List<T> Read<T>(string sql, Func<DbDataReader, T> read, params object?[] values)
    {
        lock (_turn)
        {
            using var command = CommandOf(sql, values);
            using var rows = command.ExecuteReader();
            var found = new List<T>();
            while (rows.Read()) found.Add(read(rows));
            return found;
        }
    }

    public void Dispose() => _connection.Dispose();

    private DbCommand CommandOf(string sql, object?[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p" + i, values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

/// <summary>One statement with its parameters in order, <c>@p0</c>, <c>@p1</c>…</summary>
internal sealed record Change(string Sql, params object?[] Values);
