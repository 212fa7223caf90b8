using System.Text.Json;
using Microsoft.Data.Sqlite;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>
/// A local advisory database, open for reading. The file never changes (an update replaces it whole), so an open one keeps its answer
/// while an update is made; open again to see the new one. For one thread at a time.
/// </summary>
public sealed class AdvisoryDatabase : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _affected;
    private readonly SqliteCommand _record;
    private readonly SqliteCommand _facts;
    private readonly SqliteCommand _known;
    private readonly SqliteCommand _number;
    private HashSet<string>? _ecosystems;

    private AdvisoryDatabase(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        _affected = connection.Prepare(
            "SELECT record, versions FROM affected WHERE ecosystem=$ecosystem AND name=$name ORDER BY record, ordinal", "$ecosystem", "$name");
        _facts = connection.Prepare(
            """
            SELECT (SELECT since FROM exploited WHERE cve=$cve), (SELECT score FROM likelihood WHERE cve=$cve),
                a.score, a.vector, a.exploitation FROM (SELECT 1) LEFT JOIN assessment a ON a.cve=$cve
            """,
            "$cve");
        _known = connection.Prepare("SELECT EXISTS (SELECT 1 FROM record WHERE osv_id=$id)", "$id");
        _number = connection.Prepare("SELECT id FROM record WHERE osv_id=$id", "$id");
        _record = connection.Prepare(
            "SELECT r.osv_id, r.modified, r.published, r.text, s.name FROM record r JOIN source s ON s.id=r.source WHERE r.id=$id", "$id");
    }

    public string Path { get; }

    /// <summary>Those with a record that counts.</summary>
    internal IReadOnlyCollection<string> EcosystemNames => _ecosystems ??= Reading(() => StatusQuery.EcosystemNames(_connection));

    /// <summary>The database, or null when there is no file at <paramref name="path"/>: it was never updated.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public static AdvisoryDatabase? Open(string path)
    {
        if (!File.Exists(path)) return null;
        SqliteConnection? connection = null;
        try
        {
            connection = SqliteCalls.Open(path, SqliteOpenMode.ReadOnly);
            if (!AdvisorySchema.Matches(connection))
                throw new AdvisoryDatabaseException($"'{path}' was made by another version of Strata; update the advisories to make it anew");
            // Mapped, and locked once instead of for each question: a scan asks some thousands.
            connection.Run("PRAGMA mmap_size=1073741824; BEGIN");
            return new AdvisoryDatabase(path, connection);
        }
        catch (SqliteException e)
        {
            connection?.Dispose();
            throw Damaged(path, e);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    /// <summary>What <c>advisories status</c> shows; also for a database that does not exist.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is there, but is no advisory database that can be used.</exception>
    public static AdvisoryStatus StatusOf(string path)
    {
        using var database = Open(path);
        return database?.Status() ?? new AdvisoryStatus { Exists = false, Path = path };
    }

    /// <summary>What the database holds, and how old it is.</summary>
    /// <exception cref="AdvisoryDatabaseException">The file is damaged.</exception>
    public AdvisoryStatus Status() => Reading(() => StatusQuery.Of(_connection, Path));

    public void Dispose()
    {
        _affected.Dispose();
        _record.Dispose();
        _facts.Dispose();
        _known.Dispose();
        _number.Dispose();
        _connection.Dispose();
    }

    /// <summary>What the database knows of an ecosystem; null when it has no record that counts.</summary>
    internal EcosystemCoverage? CoverageOf(string ecosystem) => Reading(() => StatusQuery.Coverage(_connection, ecosystem));

    internal string? MarkOf(string location) => Reading(() =>
    {
        using var command = _connection.Prepare("SELECT mark FROM source WHERE location=$location", "$location");
        return command.With(location).ExecuteScalar() as string;
    });

    internal DateTimeOffset? Updated() => Reading(() => StatusQuery.Updated(_connection));

    /// <summary>Everything that is said about the package, by record.</summary>
    internal IReadOnlyList<(long Record, OsvVersions Versions)> Affected(string ecosystem, string name) => Reading(() =>
    {
        var found = new List<(long, OsvVersions)>();
        using var rows = _affected.With(ecosystem, name).ExecuteReader();
        while (rows.Read())
            found.Add((rows.GetInt64(0), JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(1), OsvJson.Default.OsvVersions)!));
        return found;
    });

    /// <summary>Whether there is a record with that id, about whatever.</summary>
    internal bool Knows(string id) => Reading(() => _known.With(id).ExecuteScalar() is 1L);

    internal CveFacts FactsOf(string cve) => Reading(() =>
    {
        using var rows = _facts.With(cve).ExecuteReader();
        if (!rows.Read()) return CveFacts.Nothing;
        return new CveFacts(
            SqliteCalls.Date(rows, 0), SqliteCalls.Number(rows, 1), SqliteCalls.Number(rows, 2), SqliteCalls.Text(rows, 3), SqliteCalls.Text(rows, 4));
    });

    /// <summary>The record with that id; null where there is none.</summary>
    internal StoredRecord? RecordOf(string osvId) => Reading(() => _number.With(osvId).ExecuteScalar() is long id ? Record(id) : null);

    internal StoredRecord Record(long id) => Reading(() =>
    {
        using var rows = _record.With(id).ExecuteReader();
        if (!rows.Read())
            throw new AdvisoryDatabaseException($"'{Path}' names a record that it does not have; update the advisories to make it anew");
        return new StoredRecord(
            rows.GetString(0),
            SqliteCalls.Date(rows.GetInt64(1)),
            SqliteCalls.Date(rows, 2),
            JsonSerializer.Deserialize(rows.GetFieldValue<byte[]>(3), OsvJson.Default.OsvText)!,
            rows.GetString(4));
    });

    private T Reading<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SqliteException or JsonException)
        {
            throw Damaged(Path, e);
        }
    }

    private static AdvisoryDatabaseException Damaged(string path, Exception e) =>
        new($"the advisory database '{path}' cannot be read ({e.Message}); update the advisories to make it anew", e);
}
