using System.Collections.Concurrent;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>The uploads that this process has touched. It may forget any that is idle: the storage has the bytes.</summary>
internal sealed class UploadSessions(IBlobStorage storage, TimeProvider time) : IDisposable
{
    /// <summary>Each holds an open file; well below the usual limit of a process.</summary>
    private const int Most = 256;

    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);

    public int Count => _sessions.Count;

    public async ValueTask<string> StartAsync(string repository, DigestAlgorithm algorithm, CancellationToken cancellationToken)
    {
        if (_sessions.Count >= Most) ForgetIdle();
        var id = UploadId.New(repository, time.GetUtcNow());
        var session = new UploadSession();
        session.Open(await storage.CreateUploadAsync(id, cancellationToken).ConfigureAwait(false), algorithm);
        _sessions[id] = session;
        return id;
    }

    /// <summary>The session, entered: the caller leaves it. Null if the repository has no such upload.</summary>
    public async ValueTask<UploadSession?> EnterAsync(string repository, string id, CancellationToken cancellationToken)
    {
        if (!UploadId.Belongs(id, repository)) return null;
        while (true)
        {
            // In the table first, opened second: the file is opened by the one whose turn it is, so nobody can hold a file that has
            // become a blob in the meantime.
            var session = _sessions.GetOrAdd(id, static _ => new UploadSession());
            await session.EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                if (!session.IsForgotten && !session.IsGone) await OpenAsync(id, session, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                Leave(id, session);
                throw;
            }
            if (session.IsOpen && !session.IsGone && !session.IsForgotten) return session;
            var again = session.IsForgotten && !session.IsGone;
            Leave(id, session);
            if (!again) return null;
        }
    }

    /// <summary>Ends a turn; a session that is gone leaves the table too.</summary>
    public void Leave(string id, UploadSession session)
    {
        if (session.IsGone)
        {
            _sessions.TryRemove(KeyValuePair.Create(id, session));
            session.Dispose();
        }
        session.Leave();
    }

    public void ForgetIdle()
    {
        foreach (var (id, session) in _sessions)
        {
            if (!session.TryEnter()) continue;
            _sessions.TryRemove(KeyValuePair.Create(id, session));
            session.Dispose();
            session.Leave();
        }
    }

    public void Dispose()
    {
        foreach (var session in _sessions.Values) session.Dispose();
        _sessions.Clear();
    }

    private async ValueTask OpenAsync(string id, UploadSession session, CancellationToken cancellationToken)
    {
        if (session.IsOpen) return;
        if (await storage.OpenUploadAsync(id, cancellationToken).ConfigureAwait(false) is { } stored) session.Open(stored, DigestAlgorithm.Sha256);
        else session.IsGone = true;
    }
}
