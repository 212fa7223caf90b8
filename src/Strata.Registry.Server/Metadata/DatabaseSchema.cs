using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Strata.Registry.Server;

/// <summary>
/// Makes a model's tables, or brings those of an earlier version up to date; each once, whole or not at all. A database that a newer
/// program wrote is refused.
/// </summary>
/// <param name="Table">The table that holds the version in its only column, <c>version</c>.</param>
/// <param name="Version">The version that this program knows.</param>
/// <param name="Upgrades">The first leads from version 1 to 2, and so on to <paramref name="Version"/>.</param>
public sealed record DatabaseSchema(string Table, int Version, IReadOnlyList<IDatabaseUpgrade> Upgrades)
{
    /// <param name="provider">The kind of database.</param>
    /// <param name="connection">Where the tables are to be; open.</param>
    /// <param name="model">Makes the model. It is built only when tables are missing: an ordinary start does not pay for it.</param>
    /// <exception cref="InvalidDataException">A newer version of the program wrote the database.</exception>
    public void Ensure<TModel>(IDatabaseProvider provider, DbConnection connection, Func<DbContextOptions<TModel>, TModel> model)
        where TModel : DbContext
    {
        if (!provider.HasTable(connection, Table))
        {
            var options = new DbContextOptionsBuilder<TModel>();
            provider.Configure(options, connection);
            Create(connection, model(options.Options));
        }
        for (var found = Found(connection); found != Version; found++)
        {
            if (found < 1 || found > Upgrades.Count)
            {
                throw new InvalidDataException(
                    $"the database has version {found} of {Table} and this program knows {Version}; use the program that wrote it, or a newer one");
            }
            Upgrade(connection, Upgrades[found - 1], found + 1);
        }
    }

    private int Found(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT MAX(version) FROM {Table}";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void Create(DbConnection connection, DbContext model)
    {
        using var context = model;
        var script = context.Database.GenerateCreateScript();
        using var transaction = connection.BeginTransaction();
        Run(transaction, string.Create(CultureInfo.InvariantCulture, $"{script}\nINSERT INTO {Table} (version) VALUES ({Version});"));
        transaction.Commit();
    }

    private void Upgrade(DbConnection connection, IDatabaseUpgrade upgrade, int version)
    {
        using var transaction = connection.BeginTransaction();
        upgrade.Apply(transaction);
        Run(transaction, string.Create(CultureInfo.InvariantCulture, $"UPDATE {Table} SET version = {version}"));
        transaction.Commit();
    }

    private static void Run(DbTransaction transaction, string sql)
    {
        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
