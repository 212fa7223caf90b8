using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>Lets go of mirrored images that nobody has asked for in the time that their upstream's are kept; garbage collection does the rest.</summary>
internal sealed class MirrorSweep(
    Mirrors mirrors, RegistryDatabase database, EventFan events, TimeProvider time, ILogger<MirrorSweep> logger) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <returns>How many tags and manifests went.</returns>
    public async ValueTask<int> SweepAsync(CancellationToken cancellationToken)
    {
        var all = 0;
        foreach (var upstream in mirrors.All.Where(u => u.Keep > TimeSpan.Zero))
        {
            var now = time.GetUtcNow();
            var before = (now - upstream.Keep).ToUnixTimeMilliseconds();
            while (true)
            {
                var gone = await database.WriteAsync(
                    w => w.DropMirrored(upstream.Name, before, now.ToUnixTimeMilliseconds(), Batch), cancellationToken).ConfigureAwait(false);
                foreach (var (repository, tag, digest) in gone.Tags)
                    await events.TellAsync(RegistryEventKind.TagDeleted, repository, tag, digest, "", CancellationToken.None).ConfigureAwait(false);
                if (gone.Count == 0) break;
                all += gone.Count;
            }
        }
        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mirrors.All.Count == 0) return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The registry stops; the next one goes on.
        }
    }

    private async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SweepAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or DbException)
        {
            logger.MirrorSweepFailed(e);
        }
    }
}
