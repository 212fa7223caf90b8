using Strata.Images;
using Strata.Oci;

namespace Strata.Build.Tests;

public sealed class PruneTests : BuildFixture
{
    [Fact]
    public void A_store_in_which_nothing_was_built_is_pruned_too() => Builder.PruneCache(all: true, dryRun: false).ShouldBe(new PrunedBuilds(0, 0));

    [Fact]
    public async Task What_is_swept_is_known_no_more_and_what_an_image_has_stays()
    {
        Put("a", "a");
        Put("b", "b");
        await BuildAsync("FROM scratch AS first\nCOPY a /\nFROM scratch\nCOPY --from=first /a /c");
        await BuildAsync("FROM scratch\nCOPY b /", o => o with { Names = [Reference.Parse("other:1")] });
        Builder.PruneCache(all: false, dryRun: false).Steps.ShouldBe(0);
        Images.Prune(new PruneOptions());
        Builder.PruneCache(all: false, dryRun: true).Steps.ShouldBe(1);
        Builder.PruneCache(all: false, dryRun: false).Steps.ShouldBe(1);
        await BuildAsync("FROM scratch\nCOPY b /", o => o with { Names = [Reference.Parse("other:1")] });
        Progress.Ended.Single().State.ShouldBe(StepState.Cached);
        Builder.PruneCache(all: true, dryRun: false).Steps.ShouldBe(2);
        await BuildAsync("FROM scratch\nCOPY b /");
        Progress.Ended.Single().State.ShouldBe(StepState.Done);
    }

    [Fact]
    public async Task A_budget_takes_what_was_used_longest_ago_and_keeps_the_rest_from_sweeps()
    {
        Put("a", new string('a', 1000));
        foreach (var i in Enumerable.Range(0, 3))
        {
            await BuildAsync($"FROM scratch\nCOPY a /{i}");
            Age(TimeSpan.FromHours(3 - i));
        }
        var all = Builder.CacheUse(Images.BlobsOfImages());
        (all.Entries, all.Shared, all.OwnBytes).ShouldBe((3, 3, 0));
        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(all.LayerBytes) }, dryRun: false, CancellationToken.None)).Steps.ShouldBe(0);
        Images.Prune(new PruneOptions { All = true });
        Builder.PruneCache(all: false, dryRun: false).Steps.ShouldBe(0);
        Builder.CacheUse(Images.BlobsOfImages()).ShouldBe(all with { Shared = 0, OwnBytes = all.LayerBytes });

        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(all.LayerBytes - 1) }, dryRun: true, CancellationToken.None)).Steps.ShouldBe(1);
        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(all.LayerBytes - 1) }, dryRun: false, CancellationToken.None)).Steps.ShouldBe(1);
        Images.Prune(new PruneOptions { All = true });
        await BuildAsync("FROM scratch\nCOPY a /2");
        Progress.Ended.Single().State.ShouldBe(StepState.Cached);
        await BuildAsync("FROM scratch\nCOPY a /0");
        Progress.Ended.Single().State.ShouldBe(StepState.Done);
    }

    [Fact]
    public async Task What_was_used_lately_or_is_reserved_stays()
    {
        Put("a", "a");
        await BuildAsync("FROM scratch\nCOPY a /1");
        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(1), KeepDuration = TimeSpan.FromHours(1) }, dryRun: false, CancellationToken.None)).Steps.ShouldBe(0);
        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(1), ReservedSpace = Bytes(1_000_000) }, dryRun: false, CancellationToken.None)).Steps.ShouldBe(0);
        (await Builder.CollectCacheAsync(new Budget { MaxUsedSpace = Bytes(1) }, dryRun: false, CancellationToken.None)).Steps.ShouldBe(1);
        Builder.CacheUse(Images.BlobsOfImages()).Entries.ShouldBe(0);
    }

    private static DiskAmount Bytes(long bytes) => DiskAmount.TryParse(bytes.ToString(System.Globalization.CultureInfo.InvariantCulture), out var amount) ? amount : throw new FormatException();

    private void Age(TimeSpan age)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Root, "builds/cache/records")).Where(f => File.GetLastWriteTimeUtc(f) > DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).UtcDateTime + TimeSpan.FromDays(400)))
            File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000).UtcDateTime - age);
    }
}
