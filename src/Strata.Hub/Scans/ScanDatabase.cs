using System.Data.Common;
using Strata.Oci;
using Strata.Registry.Server;
using Strata.Vulnerabilities;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>The tables of scans, for any thread: one at a time.</summary>
internal sealed class ScanDatabase : IDisposable
{
    private const string Columns =
        "manifest, repository, state, reason, ended, data, result, critical, high, medium, low, negligible, unknown, fixable, undecided, without_data, updated, matched";

    private static readonly DatabaseSchema Schema = new("scan_schema", Version: 1, Upgrades: []);
    private readonly Lock _turn = new();
    private readonly DbConnection _connection;

    public ScanDatabase(IDatabaseProvider provider)
    {
        _connection = provider.Open();
        Schema.Ensure<ScanDbContext>(provider, _connection, options => new ScanDbContext(options));
    }

    /// <summary>All that is known; what an older program gave up is forgotten, for this one may read it.</summary>
    /// <param name="reader">This program's format of facts.</param>
    public IReadOnlyList<ImageScan> Load(int reader)
    {
        lock (_turn)
        {
            using (var forget = Command("DELETE FROM scan_images WHERE state = @p0 AND reader <> @p1", (int)ImageScanState.Unreadable, reader)) forget.ExecuteNonQuery();
            using var command = Command($"SELECT {Columns} FROM scan_images");
            using var rows = command.ExecuteReader();
            var all = new List<ImageScan>();
            while (rows.Read()) all.Add(Image(rows));
            return all;
        }
    }

    /// <summary>What was found in an image; null where nothing is kept.</summary>
    public byte[]? DocumentOf(Digest manifest)
    {
        lock (_turn)
        {
            using var command = Command("SELECT document FROM scan_images WHERE manifest = @p0", manifest.ToString());
            return command.ExecuteScalar() as byte[];
        }
    }

    /// <summary>Writes all, or nothing.</summary>
    /// <param name="reader">This program's format of facts.</param>
    /// <param name="scans">Each with what was found in it.</param>
    public void Save(int reader, params IReadOnlyCollection<(ImageScan Scan, byte[]? Document)> scans)
    {
        lock (_turn)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var (scan, document) in scans)
            {
                var result = scan.Result;
                using var command = Command(
                    $"INSERT OR REPLACE INTO scan_images ({Columns}, reader, document) VALUES ({string.Join(", ", Enumerable.Range(0, 20).Select(i => "@p" + i))})",
                    scan.Manifest.ToString(), scan.Repository, (int)scan.State, scan.Reason, scan.Ended?.ToUnixTimeMilliseconds() ?? 0, result?.Data, (int)(result?.State ?? ScanState.NoDatabase),
                    Count(result, Severity.Critical), Count(result, Severity.High), Count(result, Severity.Medium), Count(result, Severity.Low),
                    Count(result, Severity.Negligible), Count(result, Severity.Unknown), result?.Fixable ?? 0, result?.Undecided ?? 0, result?.WithoutData ?? 0,
                    result?.Updated?.ToUnixTimeMilliseconds(), result?.Matched.ToUnixTimeMilliseconds() ?? 0, reader, document);
                command.Transaction = transaction;
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    public void Remove(IReadOnlyCollection<Digest> manifests)
    {
        lock (_turn)
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var manifest in manifests)
            {
                using var command = Command("DELETE FROM scan_images WHERE manifest = @p0", manifest.ToString());
                command.Transaction = transaction;
                command.ExecuteNonQuery();
            }
            transaction.Commit();
        }
    }

    public void Dispose() => _connection.Dispose();

    private static int Count(KeptResult? result, Severity severity) => result?.Counts.GetValueOrDefault(severity) ?? 0;

    private static ImageScan Image(DbDataReader row) => new()
    {
        Manifest = Digest.Parse(row.GetString(0)),
        Repository = row.GetString(1),
        State = (ImageScanState)row.GetInt32(2),
        Reason = row.IsDBNull(3) ? null : row.GetString(3),
        Ended = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
        Result = row.IsDBNull(5) ? null : new KeptResult
        {
            Data = row.GetString(5),
            State = (ScanState)row.GetInt32(6),
            Counts = new OrderedDictionary<Severity, int>
            {
                [Severity.Critical] = row.GetInt32(7),
                [Severity.High] = row.GetInt32(8),
                [Severity.Medium] = row.GetInt32(9),
                [Severity.Low] = row.GetInt32(10),
                [Severity.Negligible] = row.GetInt32(11),
                [Severity.Unknown] = row.GetInt32(12),
            },
            Fixable = row.GetInt32(13),
            Undecided = row.GetInt32(14),
            WithoutData = row.GetInt32(15),
            Updated = row.IsDBNull(16) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(16)),
            Matched = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(17)),
        },
    };

    private DbCommand Command(string sql, params ReadOnlySpan<object?> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@p" + i, values[i] ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
