namespace Strata.Vulnerabilities.Advisories;

/// <summary>Brings advisory records into the local database.</summary>
/// <param name="databasePath">The database file, usually <c>ROOT/facts/advisories.db</c>; its folder is made when it is missing.</param>
/// <param name="http">For sources that are URLs.</param>
/// <param name="clock">Says when the update was made.</param>
public sealed class AdvisoryUpdater(string databasePath, HttpClient http, TimeProvider clock)
{
    /// <summary>More bad records than these are counted, but not named.</summary>
    public const int ReportedBadRecords = 100;

    /// <summary>
    /// Reads OSV records from a folder (all *.json, *.jsonl, also .gz, below it), one such file, a zip of *.json, or an http(s) URL of one
    /// of these. When this returns, the database holds them beside what it had; on any error or cancellation it is what it was.
    /// </summary>
    /// <exception cref="AdvisoryUpdateException">The source cannot be read, or holds no OSV record, or another update is under way.</exception>
    public Task<AdvisoryUpdate> UpdateAsync(string from, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{databasePath} {http} {clock}");
}
