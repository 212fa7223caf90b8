using System.Collections.Concurrent;
using Strata.Testing;

namespace Strata.Faults.Tests;

public sealed class SharedPullTests(Surroundings surroundings)
{
    [Fact]
    public async Task Two_processes_that_pull_one_image_fetch_each_blob_once()
    {
        using var folder = new TemporaryFolder();
        var strata = new StrataProgram(folder.Below("root"));
        var asked = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var resolved = 0;
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registry = await FaultyRegistry.StartAsync(surroundings.Hub, async context =>
        {
            if (FaultyRegistry.IsManifest(context) && Interlocked.Increment(ref resolved) == 2) both.SetResult();
            if (!FaultyRegistry.IsBlob(context)) return false;
            asked.AddOrUpdate(context.Request.Path.Value!, 1, (_, n) => n + 1);
            await both.Task;
            return false;
        });
        var name = $"{registry.Address}/{surroundings.Repository}:1";
        var results = await Task.WhenAll(strata.TryAsync("pull", name), strata.TryAsync("pull", name));
        results.ShouldAllBe(r => r.Code == 0, string.Concat(results.Select(r => r.Errors)));
        asked.Count.ShouldBe(LargeImage.Layers + 1);
        asked.ShouldAllBe(a => a.Value == 1);
        await strata.RunAsync("verify");
    }
}
