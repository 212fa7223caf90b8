using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Collects garbage from time to time, and sweeps orphans at the start and once a day.</summary>
internal sealed class GarbageService(
    GarbageCollector collector, OrphanSweep orphans, GarbageOptions options, RegistryMetrics metrics, TimeProvider time, ILogger<GarbageService> logger) : BackgroundService
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The start of the registry does not wait for it.
        await Task.Yield();
        using var timer = new PeriodicTimer(options.Interval, time);
        var swept = DateTimeOffset.MinValue;
        try
        {
            do
            {
                var sweeps = time.GetUtcNow() - swept >= SweepInterval;
                await RunAsync(sweeps, stoppingToken).ConfigureAwait(false);
                if (sweeps) swept = time.GetUtcNow();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The registry stops; the next start goes on.
        }
    }

    private async ValueTask RunAsync(bool sweeps, CancellationToken cancellationToken)
    {
        try
        {
            var collected = await collector.CollectAsync(cancellationToken).ConfigureAwait(false);
            metrics.Collected(collected.Bytes);
            if (collected.Manifests + collected.Links > 0)
                logger.Collected(collected.Manifests, collected.Links, collected.Blobs, collected.Bytes);
            if (sweeps) await orphans.SweepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or DocumentException)
        {
            logger.CollectionFailed(e);
        }
    }
}
