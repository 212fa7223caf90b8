using System.Collections.Concurrent;

namespace Strata.Registry.Server;

/// <summary>Work that many ask for at once is done once, and goes on when those who asked go away.</summary>
internal sealed class SingleFlight<TKey, T>
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Lazy<Task<T>>> _flights = new();

    /// <param name="key">What is to be done.</param>
    /// <param name="start">Does it.</param>
    /// <param name="cancellationToken">Ends the waiting, not the work.</param>
    public Task<T> RunAsync(TKey key, Func<Task<T>> start, CancellationToken cancellationToken)
    {
        var flight = _flights.GetOrAdd(key, k => new Lazy<Task<T>>(() => Task.Run(() => FlyAsync(k, start), CancellationToken.None)));
        return flight.Value.WaitAsync(cancellationToken);
    }

    private async Task<T> FlyAsync(TKey key, Func<Task<T>> start)
    {
        try
        {
            return await start().ConfigureAwait(false);
        }
        finally
        {
            _flights.TryRemove(key, out _);
        }
    }
}
