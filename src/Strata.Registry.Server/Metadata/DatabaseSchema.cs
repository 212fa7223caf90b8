using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Strata.Registry.Server;

/// <summary>Makes a model's tables, once, whole or not at all, and refuses a database of another version.</summary>
/// <param name="Table">The table that holds the version in its only column, <c>version</c>.</param>
/// <param name="Version">The version that this program knows.</param>
public sealed record DatabaseSchema(string Table, int Version)
{
    /// <param name="provider">The kind of database.</param>
    /// <param name="connection">Where the tables are to be; open.</param>
    /// <param name="model">The model. It is built only when tables are missing: an ordinary start does not pay for it.</param>
    /// <exception cref="InvalidDataException">Another version of the program wrote the database.</exception>
    public void Ensure(IDatabaseProvider provider, DbConnection connection, Func<DbContext> model)
    {
        if (!provider.HasTable(connection, Table)) Create(connection, model);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT MAX(version) FROM {Table}";
        var found = Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (found != Version)
        {
            throw new InvalidDataException(
                $"the database has version {found} of {Table} and this program knows {Version}; use the program that wrote it, or a newer one");
        }
    }

    private void Create(DbConnection connection, Func<DbContext> model)
    {
        using var context = model();
        var script = context.Database.GenerateCreateScript();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"{script}\nINSERT INTO {Table} (version) VALUES ({Version});");
        command.ExecuteNonQuery();
        transaction.Commit();
    }
}
