using Strata.Build.Cache;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Tests;

public sealed class CacheTests : BuildFixture
{
    private const string Dockerfile = "FROM scratch\nCOPY a.cs /\nCOPY src /src\nWORKDIR /w";

    public CacheTests()
    {
        Put("a.cs", "a");
        for (var i = 0; i < 20; i++) Put($"src/f{i}.cs", $"{i}");
    }

    [Fact]
    public async Task The_same_again_is_found_whatever_the_times_of_files()
    {
        var first = await BuildAsync(Dockerfile);
        Progress.Ended.ShouldAllBe(s => s.State == StepState.Done && s.Reason == "it was not built before");
        Put("a.cs", "a", age: 5);
        var second = await BuildAsync(Dockerfile);
        Progress.Ended.ShouldAllBe(s => s.State == StepState.Cached);
        second.Digest.ShouldBe(first.Digest);
    }

    [Fact]
    public async Task A_miss_says_what_changed()
    {
        await BuildAsync(Dockerfile);
        Put("src/f3.cs", "changed");
        await BuildAsync(Dockerfile);
        Reasons().ShouldBe(["cached", "src/f3.cs changed", "a step before it changed"]);
        Put("src/new.cs", "new");
        File.Delete(Path.Combine(Context, "src/f0.cs"));
        await BuildAsync(Dockerfile);
        Reasons().ShouldBe(["cached", "src/f0.cs is gone, src/new.cs is new", "a step before it changed"]);
        Put("src/f1.cs", "1", 0x1ED);
        await BuildAsync(Dockerfile);
        Reasons()[1].ShouldBe("src/f1.cs changed");
        for (var i = 5; i < 10; i++) Put($"src/f{i}.cs", "all");
        await BuildAsync(Dockerfile);
        Reasons()[1].ShouldBe("src/f5.cs changed, src/f6.cs changed and 3 more");
        await BuildAsync(Dockerfile.Replace("a.cs /", "a.cs /b", StringComparison.Ordinal));
        Reasons()[0].ShouldBe("the instruction was COPY a.cs /");
    }

    [Fact]
    public async Task What_comes_back_is_found_again()
    {
        await BuildAsync(Dockerfile);
        Put("a.cs", "b");
        await BuildAsync(Dockerfile);
        Put("a.cs", "a");
        await BuildAsync(Dockerfile);
        Reasons().ShouldAllBe(r => r == "cached");
    }

    [Fact]
    public async Task A_linked_layer_does_not_depend_on_what_is_below()
    {
        await BuildAsync("FROM scratch\nCOPY a.cs /\nCOPY --link src /src");
        Put("a.cs", "other");
        await BuildAsync("FROM scratch\nCOPY a.cs /\nCOPY --link src /src");
        Reasons().ShouldBe(["a.cs changed", "cached"]);
    }

    [Fact]
    public async Task The_cache_can_be_left_aside_for_all_or_some_stages()
    {
        const string stages = "FROM scratch AS x\nCOPY a.cs /\nFROM x AS y\nCOPY a.cs /b";
        await BuildAsync(stages);
        await BuildAsync(stages, o => o with { NoCacheOf = ["y"] });
        Reasons().ShouldBe(["cached", "the cache is not to be used"]);
        await BuildAsync(stages, o => o with { NoCache = true });
        Reasons().ShouldAllBe(r => r == "the cache is not to be used");
    }

    [Fact]
    public async Task A_layer_that_was_removed_is_made_again()
    {
        var built = await BuildAsync(Dockerfile);
        foreach (var layer in Images.Inspect("built:1").Layers) File.Delete(Store.BlobPath(layer.Descriptor.Digest));
        var again = await BuildAsync(Dockerfile);
        again.Digest.ShouldBe(built.Digest);
        Reasons()[0].ShouldBe("the layer it made before was removed");
    }

    [Fact]
    public void Digests_of_files_are_kept_by_what_the_kernel_says_of_them()
    {
        using var folder = new FolderReader(Context);
        var clock = new Testing.Clock();
        clock.Pass(TimeSpan.FromMinutes(1));
        var path = Folder.Below("stat");
        var first = new StatCache(path, clock);
        first.DigestOf(folder, folder.Find("a.cs")!).ShouldBe(Digest.Of("a"u8));
        first.BytesRead.ShouldBe(1);
        first.Save();
        var second = new StatCache(path, clock);
        second.DigestOf(folder, folder.Find("a.cs")!).ShouldBe(Digest.Of("a"u8));
        second.BytesRead.ShouldBe(0);
        // The same size and the same time of content: the time of the inode tells.
        Put("a.cs", "b");
        second.DigestOf(folder, folder.Find("a.cs")!).ShouldBe(Digest.Of("b"u8));
        File.WriteAllText(path, "broken");
        new StatCache(path, clock).DigestOf(folder, folder.Find("a.cs")!).ShouldBe(Digest.Of("b"u8));
    }

    private string[] Reasons() => [.. Progress.Ended.OrderBy(s => s.Number).Select(s => s.State == StepState.Cached ? "cached" : s.Reason!)];
}
