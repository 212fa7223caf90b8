namespace Strata.Faults.Tests;

public sealed class LoadKillTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_load_that_is_killed_at_any_moment_leaves_a_clean_store_and_is_done_again()
    {
        using var series = new KillSeries("load");
        var strata = series.Strata;
        await series.RunAsync(
            prepare: async () =>
            {
                if (Directory.Exists(strata.Root)) await strata.RunAsync("prune", "--all", "--force");
            },
            ["load", "-i", surroundings.Archive],
            recover: async _ => await strata.RunAsync("load", "-i", surroundings.Archive));
        await strata.RunAsync("verify", surroundings.Image);
    }
}
