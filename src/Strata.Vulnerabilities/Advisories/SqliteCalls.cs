using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>The few calls that this room makes to SQLite.</summary>
internal static class SqliteCalls
{
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        // Not pooled: a closed database is closed, and the file that replaces it is what the next open sees.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    [SuppressMessage("Security", "CA2100:Review SQL queries for security vulnerabilities", Justification = "All texts are constants of this room.")]
    public static SqliteCommand Prepare(this SqliteConnection connection, string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var name in parameters) command.Parameters.Add(new SqliteParameter(name, value: null));
        return command;
    }

    public static void Run(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        command.ExecuteNonQuery();
    }

    public static long Number(this SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return command.ExecuteScalar() as long? ?? 0;
    }

    /// <summary>Sets the parameters in the order in which they were named.</summary>
    public static SqliteCommand With(this SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    public static DateTimeOffset Date(long ticks) => new(ticks, TimeSpan.Zero);

    public static double? Number(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);

    public static string? Text(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static DateTimeOffset? Date(SqliteDataReader reader, int column) => reader.IsDBNull(column) ? null : Date(reader.GetInt64(column));
}
