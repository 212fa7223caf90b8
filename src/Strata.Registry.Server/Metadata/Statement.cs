using System.Data.Common;

namespace Strata.Registry.Server;

/// <summary>One prepared statement with its parameters in order, <c>@p0</c>, <c>@p1</c>…; kept for the life of its connection.</summary>
internal sealed class Statement : IDisposable
{
    private readonly DbCommand _command;
    private bool _prepared;

    public Statement(DbConnection connection, string sql, int parameters)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
        {
            var parameter = _command.CreateParameter();
            parameter.ParameterName = "@p" + i;
            _command.Parameters.Add(parameter);
        }
    }

    public DbTransaction? Transaction
    {
        set => _command.Transaction = value;
    }

    public Statement With(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        if (_prepared) return this;
        _command.Prepare();
        _prepared = true;
        return this;
    }

    public int Run() => _command.ExecuteNonQuery();

    public object? Value() => _command.ExecuteScalar();

    public DbDataReader Rows() => _command.ExecuteReader();

    public void Dispose() => _command.Dispose();
}
