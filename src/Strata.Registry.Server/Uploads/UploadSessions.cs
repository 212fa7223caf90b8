using System.Collections.Concurrent;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The uploads that this process has touched. It may forget any that is idle: the storage has the bytes.</summary>
internal sealed class UploadSessions(IBlobStorage storage) : IDisposable
{
    /// <summary>Each holds an open file; well below the usual limit of a process.</summary>
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);

    public async ValueTask<string> StartAsync(string repository, DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (_sessions.Count >= Most) ForgetIdle();
        var id = UploadId.New(repository);
        _sessions[id] = new UploadSession(await storage.CreateUploadAsync(id, cancellationToken).ConfigureAwait(false), algorithm);
        return id;
    }

    /// <summary>The session, entered: the caller leaves it. Null if the repository has no such upload.</summary>
    public async ValueTask<UploadSession?> EnterAsync(string repository, string id, CancellationToken cancellationToken)
    {
        if (!UploadId.Belongs(id, repository)) return null;
        while (true)
        {
            if (!_sessions.TryGetValue(id, out var session))
            {
                if (await storage.OpenUploadAsync(id, cancellationToken).ConfigureAwait(false) is not { } stored) return null;
                session = new UploadSession(stored, DigestAlgorithm.Sha256);
                if (!_sessions.TryAdd(id, session))
                {
                    session.Dispose();
                    continue;
                }
            }
            try
            {
                await session.EnterAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (ObjectDisposedException)
            {
                continue; // forgotten between the look-up and the turn
            }
            if (!session.IsGone) return session;
            session.Leave();
            return null;
        }
    }

    /// <summary>Ends a turn; a session that is gone leaves the table too.</summary>
    public void Leave(string id, UploadSession session)
    {
        if (!session.IsGone)
        {
            session.Leave();
            return;
        }
        _sessions.TryRemove(id, out _);
        session.Leave();
        session.Dispose();
    }

    public void ForgetIdle()
    {
        foreach (var (id, session) in _sessions)
        {
            if (!session.TryEnter()) continue;
            _sessions.TryRemove(id, out _);
            session.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values) session.Dispose();
        _sessions.Clear();
    }
}
