using Strata.Packages.Catalogers.Rpm;
using Strata.Packages.Facts;

namespace Strata.Packages.Tests.Rpm;

internal static class RpmReading
{
    public static (IReadOnlyList<PackageFact> Packages, IReadOnlyList<CatalogFault> Faults) Of(byte[] database)
    {
        using var reader = new RpmDatabaseReader("var/lib/rpm/database");
        foreach (var piece in database.Chunk(100_000)) reader.Add(piece);
        return (reader.Finish()!.Packages, reader.Faults);
    }
}
