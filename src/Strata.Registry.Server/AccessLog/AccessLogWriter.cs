using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Strata.Registry.Server;

/// <summary>
/// Writes lines in the background, so that no request waits for the log. What comes faster than it can be written is left out, and how much
/// that was is said.
/// </summary>
internal sealed class AccessLogWriter(AccessLogOptions options, ILogger<AccessLogWriter> logger) : BackgroundService
{
    private const int FlushAt = 64 * 1024;
    private readonly Channel<AccessEntry> _queue = Channel.CreateBounded<AccessEntry>(new BoundedChannelOptions(16 * 1024) { SingleReader = true });
    private long _lost;

    public void Write(AccessEntry entry)
    {
        if (!_queue.Writer.TryWrite(entry)) Interlocked.Increment(ref _lost);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        // What was answered is written, also at the end.
        _queue.Writer.TryComplete();
        return base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var target = options.File is { } file ? new RotatingFile(file, options.MaxSize, options.Keep) : null;
        using var errors = target is null ? Console.OpenStandardError() : null;
        var buffer = new ArrayBufferWriter<byte>(FlushAt * 2);
        while (await _queue.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            while (buffer.WrittenCount < FlushAt && _queue.Reader.TryRead(out var entry))
            {
                if (options.Format == AccessLogFormat.Json) AccessFormats.WriteJson(entry, buffer);
                else AccessFormats.WriteCombined(entry, buffer);
            }
            Flush(buffer, target, errors);
        }
    }

    private void Flush(ArrayBufferWriter<byte> buffer, RotatingFile? target, Stream? errors)
    {
        try
        {
            if (target is not null) target.Write(buffer.WrittenSpan);
            else errors!.Write(buffer.WrittenSpan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.AccessLogFailed(e);
        }
        buffer.ResetWrittenCount();
        if (Interlocked.Exchange(ref _lost, 0) is > 0 and var lost) logger.AccessLogLost(lost);
    }
}
