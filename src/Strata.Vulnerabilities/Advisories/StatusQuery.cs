using Microsoft.Data.Sqlite;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Reads how much the database holds.</summary>
internal static class StatusQuery
{
    private const string OfEcosystem = "SELECT name, records, packages, newest FROM ecosystem";

    public static AdvisoryStatus Of(SqliteConnection connection, string path) => new()
    {
        Exists = true,
        Path = path,
        Size = new FileInfo(path).Length,
        Updated = Updated(connection),
        Records = connection.Number("SELECT count(*) FROM record WHERE withdrawn IS NULL"),
        Withdrawn = connection.Number("SELECT count(*) FROM record WHERE withdrawn IS NOT NULL"),
        Newest = DateOf(connection, "SELECT max(modified) FROM record WHERE withdrawn IS NULL"),
        Sources = Sources(connection),
        Ecosystems = Ecosystems(connection),
    };

    public static DateTimeOffset? Updated(SqliteConnection connection) => DateOf(connection, "SELECT max(fetched) FROM source");

    public static EcosystemCoverage? Coverage(SqliteConnection connection, string ecosystem)
    {
        using var command = connection.Prepare($"{OfEcosystem} WHERE name=$name", "$name");
        using var rows = command.With(ecosystem).ExecuteReader();
        return rows.Read() ? Coverage(rows) : null;
    }

    public static HashSet<string> EcosystemNames(SqliteConnection connection)
    {
        using var command = connection.Prepare("SELECT name FROM ecosystem");
        using var rows = command.ExecuteReader();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Read()) names.Add(rows.GetString(0));
        return names;
    }

    private static List<AdvisorySource> Sources(SqliteConnection connection)
    {
        const string Sql = """
            SELECT s.name, s.location, s.fetched, count(r.id) + s.facts, max(ifnull(max(r.modified), s.dated), ifnull(s.dated, 0)), s.form
            FROM source s LEFT JOIN record r ON r.source=s.id GROUP BY s.id ORDER BY s.id
            """;
        using var command = connection.Prepare(Sql);
        using var rows = command.ExecuteReader();
        var sources = new List<AdvisorySource>();
        while (rows.Read())
        {
            sources.Add(new AdvisorySource
            {
                Name = rows.GetString(0),
                Location = rows.GetString(1),
                Fetched = SqliteCalls.Date(rows.GetInt64(2)),
                Records = rows.GetInt64(3),
                Newest = SqliteCalls.Date(rows, 4),
                Form = rows.GetString(5),
            });
        }

        return sources;
    }

    private static List<EcosystemCoverage> Ecosystems(SqliteConnection connection)
    {
        using var command = connection.Prepare($"{OfEcosystem} ORDER BY name");
        using var rows = command.ExecuteReader();
        var ecosystems = new List<EcosystemCoverage>();
        while (rows.Read()) ecosystems.Add(Coverage(rows));
        return ecosystems;
    }

    private static EcosystemCoverage Coverage(SqliteDataReader rows) =>
        new(rows.GetString(0), rows.GetInt64(1), rows.GetInt64(2), SqliteCalls.Date(rows, 3));

    private static DateTimeOffset? DateOf(SqliteConnection connection, string sql)
    {
        using var command = connection.Prepare(sql);
        return command.ExecuteScalar() is long ticks ? SqliteCalls.Date(ticks) : null;
    }
}
