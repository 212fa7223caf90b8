using System.Diagnostics;
using Strata.Packages;
using Strata.Vulnerabilities.Advisories;
using Strata.Vulnerabilities.Matching;

namespace Strata.Hub;

/// <summary>Compares the kept packages of images with the advisories. No layer is read.</summary>
internal sealed class ImageMatcher(AdvisoryFile advisories, ContentFacts facts, ScanBoard board, ScanMetrics metrics, TimeProvider time)
{
    private const int AtOnce = 100;
    private readonly Scanner _scanner = new(time);

    /// <summary>What the advisories say of one image.</summary>
    /// <exception cref="AdvisoryDatabaseException">The advisory data cannot be read.</exception>
    public (KeptResult Result, byte[] Document) Match(ImagePackages packages, CancellationToken cancellationToken)
    {
        var data = advisories.Mark();
        return Kept(_scanner.Scan(advisories.Path, packages, cancellationToken), data);
    }

    /// <summary>Compares images anew that were compared with other data, some at a time so that a stop loses little.</summary>
    /// <exception cref="AdvisoryDatabaseException">The advisory data cannot be read; what is kept stays.</exception>
    public void MatchAll(IReadOnlyList<ImageScan> due, string data, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        // Reading lists and packing findings is most of the work, and is done by all processors; the comparison itself is one thread's. A batch
        // at a time, so that no more than that is in memory.
        var lists = due.Chunk(AtOnce).SelectMany(batch => batch.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(i => (Image: i, Packages: facts.PackagesOf(i.Manifest))).ToArray());
        foreach (var batch in _scanner.ScanAll(advisories.Path, Known(lists), cancellationToken).Chunk(AtOnce))
        {
            var kept = batch.AsParallel().AsOrdered().WithCancellation(cancellationToken).Select(b => (b.Image, Kept: Kept(b.Result, data))).ToArray();
            board.Keep([.. kept.Select(k => (k.Image with { Result = k.Kept.Result }, (byte[]?)k.Kept.Document))]);
            metrics.Matched(kept.Length);
        }
        metrics.MatchedAll(Stopwatch.GetElapsedTime(clock));
    }

    private IEnumerable<(ImageScan Image, ImagePackages Packages)> Known(IEnumerable<(ImageScan Image, ImagePackages? Packages)> lists)
    {
        foreach (var (image, packages) in lists)
        {
            if (packages is not null) yield return (image, packages);
            // Somebody has deleted the facts, which may be.
            else board.Postpone(image.Manifest, notBefore: null);
        }
    }

    private (KeptResult Result, byte[] Document) Kept(ScanResult result, string data) => (KeptResult.Of(result, data, time.GetUtcNow()), ScanDocument.Write(result));
}
