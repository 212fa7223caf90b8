using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Strata.Registry.Server;

/// <summary>All that is particular to SQLite.</summary>
/// <param name="file">The database's file; made if it is missing, its folder is not.</param>
/// <param name="durable">
/// True: a commit is on disk when it returns. False: a power cut (not a killed process) may lose the last commits, never the database.
/// </param>
public sealed class SqliteProvider(string file, bool durable) : IDatabaseProvider
{
    private const int SqliteFull = 13;

    private readonly string _connectionString = new SqliteConnectionStringBuilder
    {
        DataSource = file,
        Pooling = false, // connections are kept by those who prepare statements on them
        DefaultTimeout = 30,
    }.ToString();

    public DbConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText =
                "PRAGMA busy_timeout=30000; PRAGMA journal_mode=WAL; PRAGMA cache_size=-2048; PRAGMA temp_store=MEMORY; "
                + (durable ? "PRAGMA synchronous=FULL;" : "PRAGMA synchronous=NORMAL;");
            command.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public bool HasTable(DbConnection connection, string table)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = @name";
        var name = command.CreateParameter();
        (name.ParameterName, name.Value) = ("@name", table);
        command.Parameters.Add(name);
        return command.ExecuteScalar() is not null;
    }

    public void Configure(DbContextOptionsBuilder builder, DbConnection connection) => builder.UseSqlite(connection);

    public bool IsFull(DbException error) => error is SqliteException { SqliteErrorCode: SqliteFull };
}
