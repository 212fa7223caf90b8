using System.Text.Json;
using Microsoft.Data.Sqlite;
using Strata.Vulnerabilities.Forms;
using Strata.Vulnerabilities.Matching;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Fills a database file that nobody reads yet; without <see cref="Commit"/> it is worth nothing.</summary>
internal sealed class AdvisoryWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly SqliteCommand _find;
    private readonly SqliteCommand _keep;
    private readonly SqliteCommand _forget;
    private readonly SqliteCommand _affects;
    private readonly SqliteCommand _next;
    private readonly SqliteCommand _same;
    private readonly FactWriter _facts;
    private readonly DateTimeOffset _fetched;
    private readonly HashSet<long> _written = [];
    private readonly HashSet<long> _met = [];
    private readonly HashSet<string> _locations = new(StringComparer.Ordinal);
    private long _source;

    public AdvisoryWriter(string path, DateTimeOffset fetched)
    {
        _fetched = fetched;
        _connection = SqliteCalls.Open(path, SqliteOpenMode.ReadWriteCreate);
        // The file is thrown away on any failure, so it needs no journal, and one flush at the end is enough.
        _connection.Run("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;");
        _transaction = _connection.BeginTransaction();
        if (!AdvisorySchema.Matches(_connection)) AdvisorySchema.Create(_connection);
        _facts = new FactWriter(_connection);
        _find = _connection.Prepare("SELECT id, modified FROM record WHERE osv_id=$id", "$id");
        _forget = _connection.Prepare("DELETE FROM affected WHERE record=$record", "$record");
        _affects = _connection.Prepare(
            "INSERT INTO affected VALUES($ecosystem, $name, $record, $ordinal, $versions)",
            "$ecosystem", "$name", "$record", "$ordinal", "$versions");
        _next = _connection.Prepare("SELECT ifnull(max(ordinal) + 1, 0) FROM affected WHERE record=$record", "$record");
        _same = _connection.Prepare(
            "SELECT count(*) FROM affected WHERE ecosystem=$ecosystem AND name=$name AND record=$record AND versions=$versions",
            "$ecosystem", "$name", "$record", "$versions");
        _keep = _connection.Prepare(
            """
            INSERT INTO record(id, osv_id, source, modified, published, withdrawn, text)
                VALUES($row, $id, $source, $modified, $published, $withdrawn, $text)
            ON CONFLICT(osv_id) DO UPDATE SET source=excluded.source, modified=excluded.modified, published=excluded.published,
                withdrawn=excluded.withdrawn, text=excluded.text
            RETURNING id
            """,
            "$row", "$id", "$source", "$modified", "$published", "$withdrawn", "$text");
    }

    /// <summary>What is kept from now on comes from here.</summary>
    public void From(string name, string location, string form)
    {
        _source = SourceId(name, location, form);
        // What a source said of CVEs before is not true any more where it does not say it again.
        if (_locations.Add(location)) _facts.Forget(_source);
    }

    public Kept Keep(CveFact fact) => _facts.Keep(_source, fact);

    /// <summary>The source's facts are counted, and it has a date of its own: its records may have none.</summary>
    public void Close(long facts, DateTimeOffset date)
    {
        using var command = _connection.Prepare("UPDATE source SET facts=facts+$facts, dated=$date WHERE id=$id", "$facts", "$date", "$id");
        command.With(facts, facts > 0 ? date.UtcTicks : null, _source).ExecuteNonQuery();
    }

    public Kept Keep(OsvRecord record)
    {
        var known = Find(record.Id);
        if (known is not null) _met.Add(known.Value.Id);
        if (known?.Modified > record.Modified.UtcTicks) return Kept.Older;
        // Some publishers write a record once per package. What one feed says at one time under one id is one record: it is joined.
        var joins = known is not null && known.Value.Modified == record.Modified.UtcTicks && _written.Contains(known.Value.Id);
        if (known is not null && !joins) _forget.With(known.Value.Id).ExecuteNonQuery();
        var text = JsonSerializer.SerializeToUtf8Bytes(record.Text, OsvJson.Default.OsvText);
        var id = (long)_keep.With(
            known?.Id, record.Id, _source, record.Modified.UtcTicks, record.Published?.UtcTicks, record.Withdrawn?.UtcTicks, text).ExecuteScalar()!;
        // What was withdrawn is kept, so that an older copy does not bring it back; having no affected packages, it never matches.
        if (record.Withdrawn is null) KeepAffected(id, record.Affected);
        _written.Add(id);
        _met.Add(id);
        return known is null ? Kept.Added : Kept.Replaced;
    }

    /// <summary>Its server says that it has nothing new.</summary>
    public void Seen(string location)
    {
        using var command = _connection.Prepare("UPDATE source SET fetched=$fetched WHERE location=$location", "$fetched", "$location");
        command.With(_fetched.UtcTicks, location).ExecuteNonQuery();
    }

    /// <summary>By which its server knows again what was read; null where it says none.</summary>
    public void Mark(string location, string? mark)
    {
        using var command = _connection.Prepare("UPDATE source SET mark=$mark WHERE location=$location", "$mark", "$location");
        command.With(mark, location).ExecuteNonQuery();
    }

    /// <summary>What came from a source before, and was not met in it now, is gone. How many there were is the answer.</summary>
    public long ForgetUnmet(string location)
    {
        using var all = _connection.Prepare("SELECT r.id FROM record r JOIN source s ON s.id=r.source WHERE s.location=$location", "$location");
        using var remove = _connection.Prepare("DELETE FROM record WHERE id=$id", "$id");
        var unmet = new List<long>();
        using (var rows = all.With(location).ExecuteReader())
        {
            while (rows.Read())
            {
                if (!_met.Contains(rows.GetInt64(0))) unmet.Add(rows.GetInt64(0));
            }
        }

        foreach (var id in unmet)
        {
            _forget.With(id).ExecuteNonQuery();
            remove.With(id).ExecuteNonQuery();
        }

        return unmet.Count;
    }

    /// <summary>Counts what each ecosystem has, and completes the file.</summary>
    public void Commit()
    {
        _connection.Run(
            """
            DELETE FROM ecosystem;
            INSERT INTO ecosystem SELECT a.ecosystem, count(DISTINCT a.record), count(DISTINCT a.name), max(r.modified)
                FROM affected a JOIN record r ON r.id=a.record GROUP BY a.ecosystem;
            """);
        _transaction.Commit();
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_find, _keep, _forget, _affects, _next, _same]) command.Dispose();
        _facts.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private void KeepAffected(long record, IReadOnlyList<OsvAffected> affected)
    {
        var ordinal = (long)_next.With(record).ExecuteScalar()!;
        foreach (var (ecosystem, written, ranges) in affected)
        {
            var name = PackageNames.Normal(ecosystem, written);
            var versions = JsonSerializer.SerializeToUtf8Bytes(ranges, OsvJson.Default.OsvVersions);
            if (ordinal > 0 && (long)_same.With(ecosystem, name, record, versions).ExecuteScalar()! > 0) continue;
            _affects.With(ecosystem, name, record, ordinal++, versions).ExecuteNonQuery();
        }
    }

    private (long Id, long Modified)? Find(string id)
    {
        using var rows = _find.With(id).ExecuteReader();
        return rows.Read() ? (rows.GetInt64(0), rows.GetInt64(1)) : null;
    }

    private long SourceId(string name, string location, string form)
    {
        const string Sql = """
            INSERT INTO source(name, location, fetched, form) VALUES($name, $location, $fetched, $form)
            ON CONFLICT(location) DO UPDATE SET name=excluded.name, fetched=excluded.fetched, form=excluded.form RETURNING id
            """;
        using var command = _connection.Prepare(Sql, "$name", "$location", "$fetched", "$form");
        return (long)command.With(name, location, _fetched.UtcTicks, form).ExecuteScalar()!;
    }
}
