namespace Strata.Faults.Tests;

internal static class RemovalKills
{
    public static async Task RunAsync(string verb, Surroundings surroundings, string[] arguments)
    {
        using var series = new KillSeries(verb);
        var strata = series.Strata;
        await series.RunAsync(
            prepare: async () => await strata.RunAsync("pull", surroundings.Image),
            arguments,
            recover: async _ =>
            {
                await strata.RunAsync("pull", surroundings.Image);
                series.TreesShouldBeWhole();
            });
        await strata.RunAsync("verify", surroundings.Image);
    }
}
