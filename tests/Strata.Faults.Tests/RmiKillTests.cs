namespace Strata.Faults.Tests;

public sealed class RmiKillTests(Surroundings surroundings)
{
    [Fact]
    public async Task A_removal_that_is_killed_at_any_moment_leaves_nothing_half_there() =>
        await RemovalKills.RunAsync("rmi", surroundings, ["rmi", surroundings.Image]);
}
