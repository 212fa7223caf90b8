using Microsoft.Extensions.Hosting;
using Strata.Build.Samples;
using Strata.Content;
using Strata.Dashboard.Tasks;
using Strata.Images;
using Strata.Registry.Client;

namespace Strata.Dashboard.Samples;

/// <summary>Publishes the sample images that the hub lacks, one task each, one after the other, beginning when the dashboard starts.</summary>
internal sealed class SamplePublishing(DashboardOptions options, RegistryClientOptions registryOptions, TaskBoard board, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var credentials = new HubPublisher(options.SamplesFor!, options.Hub);
        using var registries = new RegistryClient(registryOptions with { Credentials = credentials });
        var store = ContentStore.Open(SampleImages.FolderIn(options.Root));
        var samples = new SampleImages(store, new LocalImages(store, registries, [], clock), registries, clock);
        // The welcome image is the starter's own to publish: it waits for that.
        foreach (var sample in SampleImage.All.Where(s => s != SampleImage.Welcome))
        {
            if (await IsThereAsync(samples, sample, stoppingToken)) continue;
            var task = board.Start($"Publish {sample}", async (progress, stop) =>
            {
                progress.Say("Building it from its Dockerfile");
                await samples.PublishAsync(sample, options.Hub, progress, stop);
                progress.Finish($"Published {sample} to {options.Hub}.", $"/search?q={Uri.EscapeDataString(sample.Repository)}");
            }, key: $"publish {sample}");
            await task.Completion.WaitAsync(stoppingToken);
        }
    }

    /// <summary>A hub that does not answer is asked again by the task, which then says what is wrong.</summary>
    private async Task<bool> IsThereAsync(SampleImages samples, SampleImage sample, CancellationToken cancellationToken)
    {
        try
        {
            return await samples.IsPublishedAsync(sample, options.Hub, cancellationToken);
        }
        catch (RegistryException)
        {
            return false;
        }
    }
}
