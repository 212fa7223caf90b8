using Strata.Layers.Tar;

namespace Strata.Layers.Tests.Indexes;

public sealed class MillionEntriesTests
{
    [Fact]
    public void A_million_empty_entries_are_indexed_in_bounded_memory()
    {
        using var indexer = new LayerIndexer();
        var scanner = new TarScanner([indexer], LayerLimits.Default);
        for (var i = 0; i < 1000; i++)
        {
            var tar = new RawTar();
            for (var k = 0; k < 1000; k++) tar.File($"folder-{i}/file-{k}");
            scanner.Push(tar.WithoutEnd());
        }
        scanner.Finish();
        var file = indexer.ToFile();

        // The compact file and one copy of the paths are all that is ever held.
        file.Length.ShouldBeLessThan(40 * 1024 * 1024);
        GC.GetTotalMemory(forceFullCollection: true).ShouldBeLessThan(100L * 1024 * 1024);
        var index = new LayerIndex(file);
        index.Totals.Entries.ShouldBe(1_000_000);
        index.Find("folder-777/file-333").ShouldNotBeNull();
        index.Children("folder-5").Count().ShouldBe(1000);
    }
}
