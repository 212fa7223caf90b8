using System.Data.Common;

namespace Strata.Registry.Server;

/// <summary>One step from a version of a database to the next.</summary>
public interface IDatabaseUpgrade
{
    /// <summary>Changes tables and rows inside the transaction, which the caller commits.</summary>
    void Apply(DbTransaction transaction);
}
