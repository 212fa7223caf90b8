using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>Removes uploads that nobody goes on with.</summary>
internal sealed class UploadSweeper(
    IBlobStorage storage, UploadSessions sessions, RegistryOptions options, TimeProvider time, ILogger<UploadSweeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            do await SweepAsync(stoppingToken).ConfigureAwait(false);
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The registry stops; what is left is swept at the next start.
        }
    }

    private async ValueTask SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            sessions.ForgetIdle();
            await storage.RemoveUploadsAsync(time.GetUtcNow() - options.UploadLifetime, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.SweepFailed(e);
        }
    }
}
