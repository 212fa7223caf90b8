using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

/// <summary>Says who looks at a page, and what he may see: what he may pull.</summary>
public sealed class Visitors
{
    private readonly HubGate _gate;
    private readonly Sessions? _sessions;

    internal Visitors(HubGate gate, Sessions? sessions) => (_gate, _sessions) = (gate, sessions);

    /// <summary>False on an open hub, where all see all.</summary>
    public bool HasAccounts => _sessions is not null;

    /// <summary>Somebody with a session; else whoever the Authorization header says, as everywhere; else nobody, who sees what is public.</summary>
    public async ValueTask<Visitor> OfAsync(HttpContext context)
    {
        if (_sessions is not null && await _sessions.FindAsync(context).ConfigureAwait(false) is { } visitor) return visitor;
        return new Visitor(Account: null, await _gate.VisibleAsync(context).ConfigureAwait(false));
    }

    /// <summary>Begins a session, in a cookie.</summary>
    /// <returns>Zero when it has begun; how long to wait after too many wrong passwords; null when name or password are wrong.</returns>
    public async ValueTask<TimeSpan?> SignInAsync(HttpContext context, string user, string password) =>
        _sessions is null ? null : await _sessions.BeginAsync(context, user, password).ConfigureAwait(false);

    /// <summary>Takes the cookie back; harmless where there is none.</summary>
    public void SignOut(HttpContext context) => _sessions?.End(context);
}
