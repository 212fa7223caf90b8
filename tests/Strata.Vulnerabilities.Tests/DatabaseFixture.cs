using System.Text.Json.Nodes;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Matching;

namespace Strata.Vulnerabilities.Tests;

/// <summary>A folder with a database of its own.</summary>
internal sealed class DatabaseFixture : IDisposable
{
    private readonly HttpClient _http = new();
    private int _sources;

    public string Folder { get; } = Directory.CreateTempSubdirectory("strata-advisories-").FullName;

    public FixedClock Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));

    public string Database => Path.Combine(Folder, "db", "advisories.db");

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public Task<AdvisoryUpdate> UpdateAsync(string from, IProgress<AdvisoryProgress>? progress = null) =>
        new AdvisoryUpdater(Database, _http, Clock).UpdateAsync(from, progress, TestContext.Current.CancellationToken);

    /// <summary>Each call is a source of its own.</summary>
    public Task<AdvisoryUpdate> UpdateAsync(params IReadOnlyList<JsonNode> records) => UpdateAsync(Write($"{_sources++}/test.jsonl", Records.Lines(records)));

    public ScanResult Scan(Packages.ImagePackages packages) => new Scanner(Clock).Scan(Database, packages, TestContext.Current.CancellationToken);

    /// <summary>The database and the lock; anything else was left behind.</summary>
    public string[] FilesBesideDatabase() => [.. Directory.GetFiles(Path.GetDirectoryName(Database)!).Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
