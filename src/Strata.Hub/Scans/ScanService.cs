using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Hub;

/// <summary>Reads images after their push and compares them with the advisories, a few at a time and beside everything else; and all of them again when the advisories change.</summary>
internal sealed class ScanService : BackgroundService
{
    /// <summary>How often it looks whether the advisories are others, and whether pushes came that nobody saw.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What failed here, and is no fault of an image, is tried again after this time.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    private readonly Bell _work;
    private readonly Bell _idle = new();
    private readonly ScanOptions _options;
    private readonly ScanBoard _board;
    private readonly ImageScanner _scanner;
    private readonly ImageMatcher _matcher;
    private readonly AdvisoryFile _advisories;
    private readonly TimeProvider _time;
    private readonly ILogger<ScanService> _logger;
    private volatile string? _badData;

    public ScanService(
        ScanOptions options, Catalogue catalogue, ScanBoard board, ImageScanner scanner, ImageMatcher matcher, AdvisoryFile advisories, TimeProvider time, ILogger<ScanService> logger)
    {
        (_options, _board, _scanner, _matcher, _advisories, _time, _logger) = (options, board, scanner, matcher, advisories, time, logger);
        _work = catalogue.Changes;
    }

    /// <summary>Looks for work now.</summary>
    internal void Wake() => _work.Ring();

    /// <summary>Waits until all that can be done is done.</summary>
    internal async Task SettledAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var idle = _idle.Next;
            var data = _advisories.Mark();
            if (_board.IsSettled(data == _badData ? null : data)) return;
            _work.Ring();
            await idle.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!_options.Enabled) return;
        await Task.Yield();
        _board.Load();
        var watching = WatchAsync(stoppingToken);
        await Task.WhenAll(Enumerable.Range(0, _options.AtOnce).Select(_ => Task.Run(() => WorkAsync(stoppingToken), CancellationToken.None))).ConfigureAwait(false);
        await watching.ConfigureAwait(false);
    }

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        var seen = _advisories.Mark();
        var looked = _time.GetUtcNow();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                var (mark, now) = (_advisories.Mark(), _time.GetUtcNow());
                if (_board.IsBehind) _work.Ring();
                if (mark == seen && now - looked < TimeSpan.FromMinutes(1)) continue;
                if (now - looked >= TimeSpan.FromMinutes(1)) _scanner.LookForMissing();
                (seen, looked) = (mark, now);
                _work.Ring();
            }
        }
        catch (OperationCanceledException)
        {
            // The hub stops.
        }
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var rung = _work.Next;
            try
            {
                if (await StepAsync(stoppingToken).ConfigureAwait(false)) continue;
                _idle.Ring();
                await rung.WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // What was not scanned is found at the next start.
            }
#pragma warning disable CA1031 // The work of a hub goes on.
            catch (Exception e)
#pragma warning restore CA1031
            {
                _logger.ScansFailed(e);
                await rung.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Does one thing; false when there is none. New advisories go first: they are about everything.</summary>
    private async Task<bool> StepAsync(CancellationToken stoppingToken)
    {
        var data = _advisories.Mark();
        if (data != _badData && _board.BeginMatching(data) is { Count: > 0 } due)
        {
            MatchAll(due, data, stoppingToken);
            return true;
        }
        if (_board.Next(_time.GetUtcNow()) is not { } image) return false;
        try
        {
            await _scanner.ScanAsync(image, stoppingToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            _logger.ScanFailed(e, image.Repository);
            _board.Postpone(image.Manifest, _time.GetUtcNow() + Pause);
        }
        finally
        {
            _board.Release(image.Manifest);
        }
        return true;
    }

    private void MatchAll(IReadOnlyList<ImageScan> due, string data, CancellationToken stoppingToken)
    {
        try
        {
            _matcher.MatchAll(due, data, stoppingToken);
        }
        catch (Exception e) when (e is AdvisoryDatabaseException or AggregateException or IOException or UnauthorizedAccessException or DbException)
        {
            // The findings of before are kept, and shown with their date, until there is other data.
            _logger.MatchFailed(e);
            _badData = data;
        }
        finally
        {
            _board.EndMatching();
        }
    }
}
