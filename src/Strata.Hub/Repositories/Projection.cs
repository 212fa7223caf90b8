using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// Follows the registry: what it hears goes through a queue to the one thread that changes the catalogue and its database, so no push waits
/// for either. What was lost with a killed process is found again at the next start by comparing with the registry.
/// </summary>
internal sealed partial class Projection : BackgroundService, IRegistryEvents
{
    private const int MostPerSave = 512;

    private readonly Channel<RegistryEvent?> _queue = Channel.CreateBounded<RegistryEvent?>(
        new BoundedChannelOptions(8192) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<string, bool> _pulled = new(StringComparer.Ordinal);
    private readonly HubChanges _changes = new();
    private readonly Catalogue _catalogue;
    private readonly HubDatabase _database;
    private readonly IRegistryContent _registry;
    private readonly ImageFactsReader _facts;
    private readonly HubOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<Projection> _logger;
    private long _heard;
    private long _applied;
    private volatile TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Projection(
        Catalogue catalogue, HubDatabase database, IRegistryContent registry, HubOptions options, TimeProvider time, ILogger<Projection> logger)
    {
        (_catalogue, _database, _registry, _options, _time, _logger) = (catalogue, database, registry, options, time, logger);
        _facts = new ImageFactsReader(registry);
        foreach (var repository in database.Load()) catalogue.Set(repository);
    }

    /// <summary>True once the catalogue agrees with the registry.</summary>
    public bool IsReady { get; private set; }

    public async ValueTask OnEventAsync(RegistryEvent occurrence, CancellationToken cancellationToken)
    {
        switch (occurrence.Kind)
        {
            case RegistryEventKind.ManifestPulled when !IsByTag(occurrence):
                break;
            case RegistryEventKind.ManifestPulled when _catalogue.TryFind(occurrence.Repository, out var entry):
                CountPull(entry);
                break;
            // A pull may come before the push that it follows has been applied; then it waits behind it.
            case RegistryEventKind.ManifestPulled or RegistryEventKind.TagMoved or RegistryEventKind.TagDeleted:
                // Not cancelled with the request: the registry has changed, whether or not the client is still there.
                Interlocked.Increment(ref _heard);
                await _queue.Writer.WriteAsync(occurrence, CancellationToken.None).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Waits until everything heard before now is in the catalogue: who pushes and then searches finds the push.</summary>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken)
    {
        var until = Interlocked.Read(ref _heard);
        while (Interlocked.Read(ref _applied) < until)
        {
            var moved = _moved.Task;
            if (Interlocked.Read(ref _applied) >= until) return;
            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var flushing = AskForFlushesAsync(stoppingToken);
        await ReconcileAsync(stoppingToken).ConfigureAwait(false);
        IsReady = true;
        // The loop ends when the queue is complete and empty, so that a stop loses nothing.
        var pending = 0;
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (pending < MostPerSave && _queue.Reader.TryRead(out var occurrence))
            {
                pending++;
                if (occurrence is not null) await ApplyAsync(occurrence).ConfigureAwait(false);
            }
            Save();
            pending = 0;
        }
        CollectPulls();
        Save();
        await flushing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A pull by digest is a part of another pull, or names nothing that people know.</summary>
    private static bool IsByTag(RegistryEvent occurrence) => !occurrence.Reference.Contains(':', StringComparison.Ordinal);

    private void CountPull(CatalogueEntry entry)
    {
        entry.CountPull();
        if (!_pulled.ContainsKey(entry.Name)) _pulled[entry.Name] = true;
    }

    private async Task AskForFlushesAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_options.PullFlushInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
                if (!_pulled.IsEmpty) await _queue.Writer.WriteAsync(null, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping: fall through.
        }
        _queue.Writer.TryComplete();
    }

    private void CollectPulls()
    {
        foreach (var name in _pulled.Keys)
        {
            _pulled.TryRemove(name, out _);
            if (_catalogue.TryFind(name, out var entry)) _changes.Set(entry.Repository);
        }
    }

    private void Save()
    {
        CollectPulls();
        if (_changes.IsEmpty) return;
        try
        {
            _database.Save(_changes);
        }
        catch (System.Data.Common.DbException e)
        {
            // The catalogue in memory is right; what is missing on disk is found again at the next start.
            _logger.SaveFailed(e);
        }
        _changes.Clear();
    }
}
