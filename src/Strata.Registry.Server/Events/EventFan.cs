using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>Tells every listener, and lets none of them spoil an answer to a client.</summary>
internal sealed class EventFan(IEnumerable<IRegistryEvents> listeners, ILogger<EventFan> logger)
{
    private readonly IRegistryEvents[] _listeners = [.. listeners];

    public async ValueTask TellAsync(
        RegistryEventKind kind, string repository, string reference, Digest digest, string mediaType, CancellationToken cancellationToken)
    {
        if (_listeners.Length == 0) return;
        var occurrence = new RegistryEvent(kind, repository, reference, digest, mediaType);
        foreach (var listener in _listeners)
        {
            try
            {
                await listener.OnEventAsync(occurrence, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                logger.ListenerFailed(e, kind, repository);
            }
        }
    }
}
