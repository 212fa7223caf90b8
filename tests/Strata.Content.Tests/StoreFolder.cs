namespace Strata.Content.Tests;

/// <summary>A store in a folder of its own, for one test.</summary>
public abstract class StoreFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-store-");

    protected StoreFolder() => Store = ContentStore.Open(_folder.FullName);

    protected ContentStore Store { get; }

    protected string[] Leftovers => [.. Directory.EnumerateFiles(Path.Combine(Store.Root, "ingest"))];

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
