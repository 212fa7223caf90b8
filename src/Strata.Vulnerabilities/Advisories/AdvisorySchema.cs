using Microsoft.Data.Sqlite;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>The tables of the database. A file of another version is not read: it is derived, and an update makes it anew.</summary>
internal static class AdvisorySchema
{
    /// <summary>Written into the file's header, so that any other SQLite file is told apart.</summary>
    public const int ApplicationId = 0x53_54_41_44;

    public const int Version = 4;

    private const string Tables = """
        CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL, location TEXT NOT NULL UNIQUE, fetched INTEGER NOT NULL,
            form TEXT NOT NULL, facts INTEGER NOT NULL DEFAULT 0, dated INTEGER, mark TEXT);
        CREATE TABLE record(id INTEGER PRIMARY KEY, osv_id TEXT NOT NULL UNIQUE, source INTEGER NOT NULL, modified INTEGER NOT NULL,
            published INTEGER, withdrawn INTEGER, text BLOB NOT NULL);
        CREATE TABLE affected(ecosystem TEXT NOT NULL, name TEXT NOT NULL, record INTEGER NOT NULL, ordinal INTEGER NOT NULL,
            versions BLOB NOT NULL, PRIMARY KEY(ecosystem, name, record, ordinal)) WITHOUT ROWID;
        CREATE INDEX affected_record ON affected(record);
        CREATE INDEX record_source ON record(source);
        CREATE TABLE exploited(cve TEXT PRIMARY KEY, source INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE likelihood(cve TEXT PRIMARY KEY, source INTEGER NOT NULL, score REAL NOT NULL) WITHOUT ROWID;
        CREATE TABLE assessment(cve TEXT PRIMARY KEY, source INTEGER NOT NULL, score REAL, vector TEXT, exploitation TEXT) WITHOUT ROWID;
        CREATE TABLE ecosystem(name TEXT PRIMARY KEY, records INTEGER NOT NULL, packages INTEGER NOT NULL, newest INTEGER) WITHOUT ROWID;
        """;

    public static void Create(SqliteConnection connection) =>
        connection.Run($"{Tables} PRAGMA application_id={ApplicationId}; PRAGMA user_version={Version};");

    public static bool Matches(SqliteConnection connection) =>
        connection.Number("PRAGMA application_id") == ApplicationId && connection.Number("PRAGMA user_version") == Version;
}
