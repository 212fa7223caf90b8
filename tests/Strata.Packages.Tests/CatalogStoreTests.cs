using Strata.Packages.Facts;
using static Strata.Packages.Tests.Layers;

namespace Strata.Packages.Tests;

public sealed class CatalogStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("strata-facts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string FileOf(int layer) => Path.Combine(_folder, "sha256", DiffId(layer).Hex + ".json");

    [Fact]
    public void What_is_kept_is_found_whole()
    {
        var store = new CatalogStore(_folder);
        var catalog = Catalog(
            Text("var/lib/dpkg/status", Stanza("curl", "1:2-3+b1", "Source: curl (1:2-3)\n") + "broken\n\n"),
            Text("etc/os-release", "ID=debian\n"),
            None(Gone("var/lib/dpkg/status.d/x")));
        store.Keep(DiffId(1), catalog);
        store.Keep(DiffId(1), catalog);
        var found = store.Find(DiffId(1)).ShouldNotBeNull();
        found.Documents[1].Packages.ShouldBe(catalog.Documents[1].Packages);
        found.Documents[0].Distribution.ShouldBe(catalog.Documents[0].Distribution);
        found.Removals.ShouldBe(catalog.Removals);
        found.Faults.ShouldBe(catalog.Faults);
        found.Faults.Count.ShouldBe(2);
        Directory.GetFiles(_folder, "*", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldBe(FileOf(1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"format":0}""")]
    [InlineData("""{"format":1,"documents":[null]}""")]
    [InlineData("""{"format":1,"documents":null}""")]
    [InlineData("""{"format":1}""")]
    [InlineData("""{"format":1,"documents":[{"path":"x"}],"removals":[],"faults":[]}""")]
    [InlineData("""{"format":1,"documents":[{"path":"x","packages":[{"type":"deb"}]}]}""")]
    public void Damaged_or_older_facts_are_as_good_as_none(string text)
    {
        var store = new CatalogStore(_folder);
        store.Keep(DiffId(1), new LayerCatalog());
        File.WriteAllText(FileOf(1), text);
        store.Find(DiffId(1)).ShouldBeNull();
        new PackageObserver(store).Begin(DiffId(1)).ShouldNotBeNull();
    }

    [Fact]
    public void The_observer_keeps_the_facts_and_looks_once()
    {
        var store = new CatalogStore(_folder);
        var observer = new PackageObserver(store);
        var visitor = observer.Begin(DiffId(1)).ShouldNotBeNull();
        Stream(visitor, Text("var/lib/dpkg/status", Stanza("curl", "1")));
        store.Find(DiffId(1)).ShouldBeNull();
        observer.Complete(DiffId(1), visitor);
        store.Find(DiffId(1))!.Documents.ShouldHaveSingleItem();
        observer.Begin(DiffId(1)).ShouldBeNull();
    }
}
