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
        do
        {
            try
            {
                sessions.ForgetIdle();
                await storage.RemoveUploadsAsync(time.GetUtcNow() - options.UploadLifetime, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.SweepFailed(e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
