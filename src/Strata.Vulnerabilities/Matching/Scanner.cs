using Strata.Packages;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Vulnerabilities.Matching;

/// <summary>Compares installed packages with an advisory database.</summary>
public sealed class Scanner(TimeProvider clock)
{
    /// <summary>Opens the database at <paramref name="databasePath"/> (there may be none), scans, and closes it.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public ScanResult Scan(string databasePath, ImagePackages packages, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>As above with an open database; null says that there is none.</summary>
    public ScanResult Scan(AdvisoryDatabase? database, ImagePackages packages, CancellationToken cancellationToken) =>
        throw new NotSupportedException(clock.ToString());
}
