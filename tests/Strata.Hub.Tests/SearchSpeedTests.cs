namespace Strata.Hub.Tests;

/// <summary>Alone: what is measured here must not wait for other tests.</summary>
[CollectionDefinition(nameof(SearchSpeedTests), DisableParallelization = true)]
[Collection(nameof(SearchSpeedTests))]
public sealed class SearchSpeedTests
{
    [Fact]
    public async Task Ten_thousand_repositories_are_searched_while_a_person_waits_for_nothing()
    {
        await using var hub = await HubHost.StartAsync();
        for (var i = 0; i < 10_000; i++)
        {
            var name = $"team{i % 100}/service-{i}";
            var tag = new HubTag("latest", "sha256:0", 1, DateTimeOffset.UnixEpoch, ["linux/amd64"]);
            hub.Catalogue.Set(new HubRepository
            {
                Name = name,
                Description = $"Service number {i} of the example, with words enough to be like a real description of an image",
                Tags = System.Collections.Immutable.ImmutableSortedDictionary<string, HubTag>.Empty.Add("latest", tag),
            });
        }
        (await hub.NamesAsync("q=service-9999")).ShouldBe(["team99/service-9999"]);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 20; i++) (await hub.NamesAsync("q=number+example")).Length.ShouldBe(25);
        (watch.ElapsedMilliseconds / 20).ShouldBeLessThan(200);
    }
}
