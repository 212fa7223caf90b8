using Strata.Vulnerabilities.Feeds;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Takes the records of a feed into a database, one at a time, and counts.</summary>
internal sealed class Ingest(Feed feed, AdvisoryWriter writer, IProgress<AdvisoryProgress>? progress)
{
    private const int ProgressEvery = 500;
    private readonly List<BadRecord> _bad = [];

    public int Files { get; private set; }

    public long Added { get; private set; }

    public long Replaced { get; private set; }

    public long Older { get; private set; }

    public long BadRecords { get; private set; }

    public long Records => Added + Replaced + Older;

    public IReadOnlyList<BadRecord> Bad => _bad;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var part in feed.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            Files++;
            await TakePartAsync(part, cancellationToken).ConfigureAwait(false);
            Report(part.File);
        }

        if (Records == 0) throw new AdvisoryUpdateException(NotOsv());
    }

    private async Task TakePartAsync(FeedPart part, CancellationToken cancellationToken)
    {
        var (records, bad, named) = (Records, BadRecords, _bad.Count);
        try
        {
            await foreach (var item in part.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Take(item);
            }
        }
        catch (InvalidDataException e) when (part.MayBeForeign)
        {
            Note(new BadRecord(part.File, 0, $"damaged: {e.Message}"));
        }

        var count = BadRecords - bad;
        // A file that was found beside the others and is of another kind is one thing to tell, not one for each of its lines.
        if (!part.MayBeForeign || Records > records || count < 2) return;
        var first = named < _bad.Count ? _bad[named].Reason : "no OSV record";
        _bad.RemoveRange(named, _bad.Count - named);
        BadRecords = bad;
        Note(new BadRecord(part.File, 0, $"not an OSV file: none of its {count} records is one; the first: {first}"));
    }

    private void Take(FeedItem item)
    {
        try
        {
            if (item.Fault is not null) throw new OsvFormatException(item.Fault);
            Count(writer.Keep(OsvParser.Parse(item.Json)));
            if (Records % ProgressEvery == 0) Report(item.File);
        }
        catch (OsvFormatException e)
        {
            Note(new BadRecord(item.File, item.Line, e.Message));
        }
    }

    private void Count(Kept kept)
    {
        if (kept == Kept.Added) Added++;
        else if (kept == Kept.Replaced) Replaced++;
        else Older++;
    }

    private void Note(BadRecord bad)
    {
        BadRecords++;
        if (_bad.Count < AdvisoryUpdater.ReportedBadRecords) _bad.Add(bad);
    }

    private void Report(string file) => progress?.Report(new AdvisoryProgress(file, Records, feed.ReadBytes, feed.TotalBytes));

    private string NotOsv() => _bad.Count == 0
        ? $"'{feed.Name}' is not an OSV file: it has no record at all"
        : $"'{feed.Name}' is not an OSV file: it has no valid record; the first fault: {_bad[0].File}, line {_bad[0].Line}: {_bad[0].Reason}";
}
