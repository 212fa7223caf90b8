namespace Strata.Vulnerabilities.Advisories;

/// <summary>
/// A local advisory database, open for reading. The file never changes (an update replaces it whole), so an open one keeps its answer
/// while an update is made; open again to see the new one. For one thread at a time.
/// </summary>
public sealed class AdvisoryDatabase : IDisposable
{
    private AdvisoryDatabase(string path) => Path = path;

    public string Path { get; }

    /// <summary>The database, or null when there is no file at <paramref name="path"/>: it was never updated.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public static AdvisoryDatabase? Open(string path) => throw new NotSupportedException();

    /// <summary>What <c>advisories status</c> shows; also for a database that does not exist.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public static AdvisoryStatus StatusOf(string path) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
