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
}
