using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Strata.Registry.Server;

/// <summary>What differs from one relational database to another; everything else is written for all of them.</summary>
public interface IDatabaseProvider
{
    /// <summary>An open connection, ready for use; the caller disposes it.</summary>
    DbConnection Open();

    bool HasTable(DbConnection connection, string table);

    /// <summary>Makes a model's context use an open connection.</summary>
    void Configure(DbContextOptionsBuilder builder, DbConnection connection);

    /// <summary>True when the error says that there is no room left.</summary>
    bool IsFull(DbException error);
}
