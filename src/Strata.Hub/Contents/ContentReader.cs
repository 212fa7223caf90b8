using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// Reads the layers of images, each layer once, for whoever asks first. A few at a time and the others in a queue of bounded length, so that
/// people who look at pages never take the machine from those who pull. What is asked for is what somebody may pull.
/// </summary>
public sealed class ContentReader : BackgroundService
{
    private const int Readers = 2;
    private const int MostWaiting = 256;
    private const int MostFaults = 1024;

    /// <summary>A layer that cannot be read is not read again for so long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    /// <summary>What a hub reads for pages; a client may unpack more.</summary>
    private static readonly LayerLimits Limits = new() { MaxEntries = 1_000_000, MaxContentBytes = 32L << 30 };

    private readonly Channel<ContentReading> _queue = Channel.CreateBounded<ContentReading>(MostWaiting);
    private readonly ConcurrentDictionary<Digest, Lazy<Task>> _layers = new();
    private readonly Dictionary<Digest, ContentReading> _running = [];
    private readonly Dictionary<Digest, (ContentReading Reading, DateTimeOffset Until)> _failed = [];
    private readonly Lock _gate = new();
    private readonly IRegistryContent _registry;
    private readonly ContentFacts _facts;
    private readonly TimeProvider _time;
    private readonly ILogger<ContentReader> _logger;

    internal ContentReader(IRegistryContent registry, ContentFacts facts, TimeProvider time, ILogger<ContentReader> logger) =>
        (_registry, _facts, _time, _logger) = (registry, facts, time, logger);

    /// <summary>The reading of an image: one that runs, one that failed a short while ago, or a new one; null when too many wait already.</summary>
    public ContentReading? Begin(ImageContent image)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(image.Manifest, out var running)) return running;
            if (_failed.TryGetValue(image.Manifest, out var failed))
            {
                if (_time.GetUtcNow() < failed.Until) return failed.Reading;
                _failed.Remove(image.Manifest);
            }
            var reading = new ContentReading(image);
            if (!_queue.Writer.TryWrite(reading)) return null;
            return _running[image.Manifest] = reading;
        }
    }

    /// <summary>Reads an image beside those that people wait for; when this returns, all of it is known.</summary>
    /// <exception cref="LayerException">A layer cannot be read.</exception>
    /// <exception cref="IOException">The hub's disk failed.</exception>
    internal async Task ReadNowAsync(ImageContent image, CancellationToken cancellationToken)
    {
        var reading = new ContentReading(image);
        for (var i = 0; i < image.Layers.Count; i++) await ReadLayerAsync(reading, i, cancellationToken).ConfigureAwait(false);
        _facts.KeepImage(image);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None)));

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var reading in _queue.Reader.ReadAllAsync(stoppingToken).ConfigureAwait(false)) await ReadAsync(reading, stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The hub stops; what was not read is read when somebody asks again.
        }
    }

    private async Task ReadAsync(ContentReading reading, CancellationToken stoppingToken)
    {
        string? fault = null;
        try
        {
            for (var i = 0; i < reading.Image.Layers.Count; i++) await ReadLayerAsync(reading, i, stoppingToken).ConfigureAwait(false);
            _facts.KeepImage(reading.Image);
        }
        catch (LayerException e)
        {
            fault = e.Message;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.ContentFailed(e, reading.Image.Repository);
            fault = "the hub's disk failed";
        }
#pragma warning disable CA1031 // One image must not end the reading of all others, whatever is in it.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            _logger.ContentFailed(e, reading.Image.Repository);
            fault = "what is in it is nothing that the hub can read";
        }
        finally
        {
            Ended(reading, fault ?? (stoppingToken.IsCancellationRequested ? "the hub stops" : null));
        }
    }

    private void Ended(ContentReading reading, string? fault)
    {
        lock (_gate)
        {
            _running.Remove(reading.Image.Manifest);
            if (fault is not null)
            {
                if (_failed.Count >= MostFaults) _failed.Clear();
                _failed[reading.Image.Manifest] = (reading, _time.GetUtcNow() + Remembered);
            }
        }
        reading.End(fault);
    }

    /// <summary>Another image with the layer may be read at the same time; if that fails, it may be that image's fault, and this one goes on.</summary>
    private async Task ReadLayerAsync(ContentReading reading, int position, CancellationToken cancellationToken)
    {
        var layer = reading.Image.Layers[position];
        long counted = 0;
        while (!_facts.IsComplete(layer.Digest))
        {
            var mine = new Lazy<Task>(() => ReadOnceAsync(reading, position, n =>
            {
                counted += n;
                reading.Advance(n);
            }, cancellationToken));
            var running = _layers.GetOrAdd(layer.Digest, mine);
            if (running != mine)
            {
                await running.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }
            try
            {
                await mine.Value.ConfigureAwait(false);
                break;
            }
            finally
            {
                _layers.TryRemove(KeyValuePair.Create(layer.Digest, mine));
            }
        }
        reading.Finish(layer.Size - counted);
    }

    private async Task ReadOnceAsync(ContentReading reading, int position, Action<int> advance, CancellationToken cancellationToken)
    {
        var (layer, diffId) = (reading.Image.Layers[position], reading.Image.DiffIds[position]);
        var blob = await _registry.OpenBlobAsync(reading.Image.Repository, layer.Digest, cancellationToken).ConfigureAwait(false)
            ?? throw new LayerException($"layer {layer.Digest.Short} is not on this hub");
        var counted = new CountedStream(blob, advance);
        await using (counted.ConfigureAwait(false))
        {
            using var indexer = new LayerIndexer();
            var packages = _facts.Observer.Begin(layer.Digest);
            await LayerReader.ReadAsync(counted, diffId, packages is null ? [indexer] : [packages, indexer], Limits, cancellationToken).ConfigureAwait(false);
            _facts.Keep(layer.Digest, indexer);
            if (packages is not null) _facts.Observer.Complete(layer.Digest, packages);
        }
    }
}
