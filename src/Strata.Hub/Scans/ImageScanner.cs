using Microsoft.Extensions.Logging;
using Strata.Layers;
using Strata.Vulnerabilities.Advisories;

namespace Strata.Hub;

/// <summary>Reads one image and compares it with the advisories.</summary>
internal sealed class ImageScanner(
    ScanOptions options, ScanTargets targets, ContentReader reader, ContentFacts facts, ScanBoard board, ImageMatcher matcher, ScanMetrics metrics,
    TimeProvider time, ILogger<ImageScanner> logger)
{
    /// <summary>When this returns, it is kept how it went: an image that cannot be read is never read again.</summary>
    /// <exception cref="IOException">The hub's own disk failed.</exception>
    /// <exception cref="OperationCanceledException">The hub stops; nothing is kept.</exception>
    public async Task ScanAsync(ImageScan image, CancellationToken stoppingToken)
    {
        using var limit = new CancellationTokenSource(options.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        try
        {
            var content = await targets.ContentAsync(image.Repository, image.Manifest, both.Token).ConfigureAwait(false);
            if (targets.Missing(content) is { } missing)
            {
                board.Keep((Ended(image, ImageScanState.Incomplete, $"layer {missing.Digest.Short} is not on this hub") with { Missing = missing.Digest }, null));
                return;
            }
            await reader.ReadNowAsync(content, both.Token).ConfigureAwait(false);
            Match(Ended(image, ImageScanState.Read, reason: null), both.Token);
            metrics.Read();
        }
        catch (Exception e) when (e is LayerException or EndOfStreamException)
        {
            GiveUp(image, e.Message);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !stoppingToken.IsCancellationRequested)
        {
            GiveUp(image, $"it took longer than {options.Timeout.TotalSeconds:0} s, which is scans.timeout");
        }
#pragma warning disable CA1031 // One image must not stop the others, whatever is in it.
        catch (Exception e) when (e is not (OperationCanceledException or IOException or UnauthorizedAccessException or System.Data.Common.DbException))
#pragma warning restore CA1031
        {
            logger.ScanFailed(e, image.Repository);
            GiveUp(image, "what is in it is nothing that the hub can read; its log says more");
        }
    }

    /// <summary>Images of which a layer was missing are read when it has come.</summary>
    public void LookForMissing()
    {
        foreach (var image in board.Incomplete())
            if (image.Missing is not { } layer || targets.IsHere(layer)) board.Postpone(image.Manifest, notBefore: null);
    }

    private void Match(ImageScan read, CancellationToken cancellationToken)
    {
        if (facts.PackagesOf(read.Manifest) is not { } packages) throw new IOException($"the packages of {read.Manifest} were kept and are gone");
        try
        {
            var (result, document) = matcher.Match(packages, cancellationToken);
            board.Keep((read with { Result = result }, document));
        }
        catch (AdvisoryDatabaseException e)
        {
            // Its packages are known all the same; it is compared as soon as there is other data.
            logger.MatchFailed(e);
            board.Keep((read, null));
        }
    }

    private void GiveUp(ImageScan image, string reason)
    {
        metrics.Failed();
        board.Keep((Ended(image, ImageScanState.Unreadable, reason), null));
    }

    private ImageScan Ended(ImageScan image, ImageScanState state, string? reason) => image with { State = state, Reason = reason, Ended = time.GetUtcNow() };
}
