using Strata.Packages.Facts;
using Strata.Registry.Server;

namespace Strata.Hub.Tests.Scans;

/// <summary>What a hub has written, read from its file.</summary>
internal sealed class ScanDatabaseFile(string folder) : IAsyncDisposable
{
    private readonly ScanDatabase _database = new(new SqliteProvider(Path.Combine(folder, "hub.db"), durable: false));

    public string[] Manifests() => [.. _database.Load(LayerCatalog.CurrentFormat).Select(s => s.Manifest.ToString())];

    public ValueTask DisposeAsync()
    {
        _database.Dispose();
        return ValueTask.CompletedTask;
    }
}
