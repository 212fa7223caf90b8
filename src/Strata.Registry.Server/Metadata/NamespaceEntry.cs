using System.Data.Common;
using System.Runtime.InteropServices;

namespace Strata.Registry.Server;

/// <summary>A namespace and the bytes that it keeps.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NamespaceEntry(long Id, long Bytes, QuotaSetting Quota)
{
    public const string ByName = "SELECT id, bytes, quota FROM namespaces WHERE name = @p0";

    public static NamespaceEntry Of(DbDataReader row) => new(row.GetInt64(0), row.GetInt64(1), new QuotaSetting(row.IsDBNull(2) ? null : row.GetInt64(2)));
}
