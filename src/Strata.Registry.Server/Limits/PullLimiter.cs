using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>
/// Counts pulls per client and says in each answer how many are left, in the headers that Docker Hub has for it. Counted in this process;
/// System.Threading.RateLimiting is not used because it cannot say when a window ends before it is used up.
/// </summary>
internal sealed class PullLimiter(PullLimitOptions options, TimeProvider time)
{
    private const int Many = 10_000;
    private readonly ConcurrentDictionary<ClientKey, Window> _windows = new();
    private long _nextSweep;

    public bool IsOn { get; } = options.Anonymous is not null || options.Account is not null;

    /// <summary>Describes what is left; of a GET, which counts, the fault when nothing is.</summary>
    public RegistryFault? Check(HttpContext context)
    {
        var client = ClientKey.Of(context);
        if ((client.Account is null ? options.Anonymous : options.Account) is not { } most) return null;
        var now = time.GetUtcNow().UtcTicks;
        var (used, ends) = Count(client, now, HttpMethods.IsGet(context.Request.Method));
        var headers = context.Response.Headers;
        var window = ((long)options.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        headers["ratelimit-limit"] = string.Create(CultureInfo.InvariantCulture, $"{most};w={window}");
        headers["ratelimit-remaining"] = string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, most - used)};w={window}");
        headers["docker-ratelimit-source"] = client.Account ?? context.Connection.RemoteIpAddress?.ToString() ?? "local";
        if (used <= most || !HttpMethods.IsGet(context.Request.Method)) return null;
        var seconds = (int)Math.Ceiling(TimeSpan.FromTicks(ends - now).TotalSeconds);
        return RegistryFault.TooManyRequests(
            $"{most} pulls in {Durations.Format(options.Window)} are all that {client.Account ?? "an address without an account"} may do; go on in {seconds} s", seconds);
    }

    private (int Used, long Ends) Count(ClientKey client, long now, bool counts)
    {
        Sweep(now);
        if (!counts) return _windows.TryGetValue(client, out var known) ? known.Read(now) : (0, now);
        return _windows.GetOrAdd(client, static _ => new Window()).Add(now, options.Window.Ticks);
    }

    /// <summary>Forgets windows that are over, so that a million addresses do not stay for ever.</summary>
    private void Sweep(long now)
    {
        if (_windows.Count < Many || now < Interlocked.Read(ref _nextSweep)) return;
        Interlocked.Exchange(ref _nextSweep, now + TimeSpan.TicksPerMinute);
        foreach (var (client, window) in _windows)
            if (window.IsOver(now)) _windows.TryRemove(KeyValuePair.Create(client, window));
    }

    private sealed class Window
    {
        private readonly Lock _lock = new();
        private long _ends;
        private int _used;

        public bool IsOver(long now)
        {
            lock (_lock) return now >= _ends;
        }

        public (int Used, long Ends) Read(long now)
        {
            lock (_lock) return now >= _ends ? (0, now) : (_used, _ends);
        }

        public (int Used, long Ends) Add(long now, long length)
        {
            lock (_lock)
            {
                if (now >= _ends) (_used, _ends) = (0, now + length);
                if (_used < int.MaxValue) _used++;
                return (_used, _ends);
            }
        }
    }
}
