using System.Text;
using Strata.Oci;

namespace Strata.Containers.Supervision;

/// <summary>Checks one running container from time to time, as its health check says, and keeps what it found in the record.</summary>
internal sealed class HealthChecks(LocalContainers containers, string id, HealthCheck check, TimeProvider clock)
{
    private const int MaxOutput = 4096;
    private const int KeptProbes = 5;
    private static readonly TimeSpan Standard = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StandardStart = TimeSpan.FromSeconds(5);

    private TimeSpan Interval => Time(check.Interval) ?? Standard;

    private TimeSpan Timeout => Time(check.Timeout) ?? Standard;

    private TimeSpan StartPeriod => Time(check.StartPeriod) ?? TimeSpan.Zero;

    private int Retries => check.Retries is > 0 and { } retries ? retries : 3;

    /// <summary>Until the container has ended, or is another run of it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var begin = (await containers.FindAsync(id, cancellationToken).ConfigureAwait(false)).State.Started ?? clock.GetUtcNow();
        while (true)
        {
            var isStarting = clock.GetUtcNow() - begin < StartPeriod;
            await Task.Delay(isStarting ? Min(Interval, Time(check.StartInterval) ?? Min(Interval, StandardStart)) : Interval, clock, cancellationToken).ConfigureAwait(false);
            if (await containers.FindAsync(id, cancellationToken).ConfigureAwait(false) is not { State: { Status: ContainerStatus.Running } state } || state.Started != begin) return;
            var probe = await ProbeAsync(cancellationToken).ConfigureAwait(false);
            containers.NoteHealth(id, begin, health => Judged(health, probe, isStarting));
        }
    }

    private HealthState Judged(HealthState before, HealthProbe probe, bool isStarting)
    {
        var streak = probe.ExitCode == 0 ? 0 : before.Status == "starting" && isStarting ? before.FailingStreak : before.FailingStreak + 1;
        return new HealthState
        {
            Status = probe.ExitCode == 0 ? "healthy" : streak >= Retries ? "unhealthy" : before.Status,
            FailingStreak = streak,
            Log = [.. before.Log.TakeLast(KeptProbes - 1), probe],
        };
    }

    private async Task<HealthProbe> ProbeAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetUtcNow();
        using var limit = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var output = new MemoryStream();
        try
        {
            using var running = await containers.ExecAsync(id, new ExecSpec { Command = Command() }, cancellationToken).ConfigureAwait(false);
            try
            {
                await running.Attachment.CopyOutputAsync(output, output, either.Token).ConfigureAwait(false);
                var code = await running.WaitAsync(either.Token).ConfigureAwait(false);
                return new HealthProbe(start, clock.GetUtcNow(), code, Text(output));
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                _ = Kernel.Libc.Kill(running.Pid, Runtime.Signals.Kill);
                return new HealthProbe(start, clock.GetUtcNow(), -1, $"Health check exceeded timeout ({Timeout.TotalSeconds:0.###}s): {Text(output)}");
            }
        }
        catch (ContainerException e)
        {
            return new HealthProbe(start, clock.GetUtcNow(), -1, e.Message);
        }
    }

    private string[] Command() => check.Test?.ToArray() switch
    {
        ["CMD", .. var arguments] => arguments,
        ["CMD-SHELL", .. var script] => ["/bin/sh", "-c", string.Join(' ', script)],
        var arguments => arguments ?? [],
    };

    private static string Text(MemoryStream output) => Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)Math.Min(output.Length, MaxOutput));

    private static TimeSpan? Time(long? nanoseconds) => nanoseconds is > 0 and { } n ? TimeSpan.FromTicks(n / 100) : null;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
