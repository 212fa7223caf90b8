using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>Asks every part, at most once a second however often it is asked itself.</summary>
internal sealed class Readiness(IEnumerable<IHealthPart> parts, Drain drain, TimeProvider time, ILogger<Readiness> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly IHealthPart[] _parts = [.. parts];
    private readonly SemaphoreSlim _turn = new(1, 1);
    private IReadOnlyList<PartState> _known = [];
    private long _asked;
    private bool _draining;

    public async ValueTask<IReadOnlyList<PartState>> AskAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // Stopping is seen at once: a load balancer may ask once, and then not for a while.
            if (_known.Count > 0 && _draining == drain.HasBegun && time.GetElapsedTime(_asked) < Freshness) return _known;
            _draining = drain.HasBegun;
            _known = await Task.WhenAll(_parts.Select(AskAsync)).ConfigureAwait(false);
            _asked = time.GetTimestamp();
            return _known;
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<PartState> AskAsync(IHealthPart part)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            var asking = part.FaultAsync(patience.Token).AsTask();
            return new PartState(part.Name, await asking.WaitAsync(patience.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            return new PartState(part.Name, $"no answer in {Patience.TotalSeconds} s");
        }
#pragma warning disable CA1031 // Whatever it is, the part does not work.
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.PartFailed(e, part.Name);
            return new PartState(part.Name, "it failed; the log says why");
        }
    }
}

/// <summary>A part, and why it does not work, if so.</summary>
internal sealed record PartState(string Name, string? Fault);
