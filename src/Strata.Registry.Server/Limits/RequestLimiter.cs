using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>
/// So many requests a second of one address, and a burst after a pause. By the generic cell rate algorithm: of each address one number is
/// kept, the time at which all it has sent would have been sent at the even rate.
/// </summary>
internal sealed class RequestLimiter(int perSecond, int burst, TimeProvider time)
{
    private const int Many = 10_000;
    private readonly ConcurrentDictionary<ClientKey, Due> _clients = new();
    private readonly long _step = TimeSpan.TicksPerSecond / perSecond;
    private readonly long _ahead = TimeSpan.TicksPerSecond / perSecond * (burst - 1);
    private long _nextSweep;

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value;
        // Who watches over the hub is not to be told that it is ill because somebody else asks too much.
        if (path is "/healthz" or "/readyz" || Admit(ClientKey.OfAddress(context)) is not { } wait)
        {
            await next(context).ConfigureAwait(false);
            return;
        }
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        await FaultWriter.WriteAsync(
            context, RegistryFault.TooManyRequests($"more than {perSecond} requests a second; go on in {seconds} s", seconds)).ConfigureAwait(false);
    }

    /// <summary>Null when the request may come; else how long it must wait.</summary>
    internal TimeSpan? Admit(ClientKey client)
    {
        var now = time.GetUtcNow().UtcTicks;
        Sweep(now);
        var due = _clients.GetOrAdd(client, static _ => new Due());
        while (true)
        {
            var before = Interlocked.Read(ref due.Ticks);
            var at = Math.Max(before, now);
            if (at - now > _ahead) return TimeSpan.FromTicks(at - now - _ahead);
            if (Interlocked.CompareExchange(ref due.Ticks, at + _step, before) == before) return null;
        }
    }

    private void Sweep(long now)
    {
        if (_clients.Count < Many || now < Interlocked.Read(ref _nextSweep)) return;
        Interlocked.Exchange(ref _nextSweep, now + TimeSpan.TicksPerSecond);
        foreach (var (client, due) in _clients)
            if (Interlocked.Read(ref due.Ticks) <= now) _clients.TryRemove(KeyValuePair.Create(client, due));
    }

    private sealed class Due
    {
        public long Ticks;
    }
}
