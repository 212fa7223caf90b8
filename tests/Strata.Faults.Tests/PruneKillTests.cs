namespace Strata.Faults.Tests;

public sealed class PruneKillTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_prune_that_is_killed_at_any_moment_leaves_nothing_half_there() =>
        await RemovalKills.RunAsync("prune", surroundings, ["prune", "--all", "--force"]);
}
