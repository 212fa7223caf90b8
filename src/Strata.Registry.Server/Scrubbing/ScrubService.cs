using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>Checks, a little at a time, whatever has not been checked for long.</summary>
internal sealed class ScrubService(Scrubber scrubber, ScrubOptions options, TimeProvider time, ILogger<ScrubService> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Every == TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            // Not at once: a start has better things to do with the disk.
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The registry stops; what is checked is recorded.
        }
    }

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await scrubber.ScrubAsync(time.GetUtcNow() - options.Every, options.BytesPerSecond, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            logger.ScrubFailed(e);
        }
    }
}
