namespace Strata.Faults.Tests;

public sealed class PullKillTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_pull_that_is_killed_at_any_moment_keeps_what_had_come_and_leaves_a_clean_store()
    {
        using var series = new KillSeries("pull");
        var strata = series.Strata;
        long arrived = 0, kept = 0;
        await series.RunAsync(
            prepare: async () =>
            {
                if (Directory.Exists(strata.Root)) await strata.RunAsync("prune", "--all", "--force");
            },
            ["pull", surroundings.Image],
            recover: async run =>
            {
                var reused = KilledRun.Reused(await strata.RunAsync("--progress", "json", "pull", surroundings.Image));
                reused.ShouldBeGreaterThanOrEqualTo(run.Arrived * 95 / 100);
                (arrived, kept) = (arrived + run.Arrived, kept + reused);
                series.TreesShouldBeWhole();
            });
        series.Say($"pull: {kept} bytes kept, {arrived} had been seen to arrive");
        arrived.ShouldBeGreaterThan(0);
    }
}
