using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

/// <summary>Alone in its process's heap: other tests' objects would be counted, too.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public sealed class MemoryTests
{
    [Fact]
    public void A_million_files_leave_nothing_behind()
    {
        var visitor = new PackageObserver(new Facts.CatalogStore("/nowhere")).Begin(DiffId(1))!;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1_000_000; i++) visitor.Enter(Plain($"srv/data/{i:x}")).ShouldBeFalse();
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(1_000_000);
        GC.KeepAlive(visitor);
    }
}
