using Microsoft.Data.Sqlite;
using Strata.Vulnerabilities.Forms;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Keeps what is said of CVEs; the newest word holds.</summary>
internal sealed class FactWriter(SqliteConnection connection) : IDisposable
{
    private readonly SqliteCommand _exploited = connection.Prepare("INSERT OR REPLACE INTO exploited VALUES($cve, $source, $since)", "$cve", "$source", "$since");
    private readonly SqliteCommand _likelihood = connection.Prepare("INSERT OR REPLACE INTO likelihood VALUES($cve, $source, $score)", "$cve", "$source", "$score");
    private readonly SqliteCommand _assessment = connection.Prepare(
        "INSERT OR REPLACE INTO assessment VALUES($cve, $source, $score, $vector, $exploitation)", "$cve", "$source", "$score", "$vector", "$exploitation");

    public void Forget(long source) => connection.Run(
        FormattableString.Invariant($"DELETE FROM exploited WHERE source={source}; DELETE FROM likelihood WHERE source={source}; DELETE FROM assessment WHERE source={source}; UPDATE source SET facts=0 WHERE id={source};"));

    public Kept Keep(long source, CveFact fact)
    {
        var (cve, facts) = fact;
        if (facts.ExploitedSince is { } since) _exploited.With(cve, source, since.UtcTicks).ExecuteNonQuery();
        if (facts.Likelihood is { } likelihood) _likelihood.With(cve, source, likelihood).ExecuteNonQuery();
        if (facts.Vector is not null || facts.Exploitation is not null) _assessment.With(cve, source, facts.Score, facts.Vector, facts.Exploitation).ExecuteNonQuery();
        return Kept.Added;
    }

    public void Dispose()
    {
        _exploited.Dispose();
        _likelihood.Dispose();
        _assessment.Dispose();
    }
}
