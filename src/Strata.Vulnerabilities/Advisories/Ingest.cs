using System.Text.Json;
using Strata.Vulnerabilities.Feeds;
using Strata.Vulnerabilities.Forms;
using Strata.Vulnerabilities.Osv;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Takes the records of a feed into a database, one at a time, and counts.</summary>
internal sealed class Ingest(Feed feed, AdvisoryWriter writer, IProgress<AdvisoryProgress>? progress)
{
    private const int ProgressEvery = 500;
    private readonly List<BadRecord> _bad = [];
    private readonly HashSet<string> _locations = new(StringComparer.Ordinal);
    private string? _location;
    private long _facts;

    public int Files { get; private set; }

    public long Added { get; private set; }

    public long Replaced { get; private set; }

    public long Older { get; private set; }

    public long Removed { get; private set; }

    public long BadRecords { get; private set; }

    /// <summary>The sources that were read.</summary>
    public IReadOnlySet<string> Locations => _locations;

    public long Records => Added + Replaced + Older;

    public IReadOnlyList<BadRecord> Bad => _bad;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var part in feed.PartsAsync(cancellationToken).ConfigureAwait(false))
        {
            Files++;
            _facts = 0;
            await TakePartAsync(part, cancellationToken).ConfigureAwait(false);
            if (part.Location == _location) writer.Close(_facts, part.Date);
            Report(part.File);
        }

        if (Records == 0) throw new AdvisoryUpdateException(NotOsv());
        // A record that could not be read may be one of those that were not met.
        if (BadRecords == 0) Removed = _locations.Sum(writer.ForgetUnmet);
    }

    private async Task TakePartAsync(FeedPart part, CancellationToken cancellationToken)
    {
        var (records, bad, named) = (Records, BadRecords, _bad.Count);
        try
        {
            await foreach (var item in part.Records.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Take(part, item);
            }
        }
        catch (InvalidDataException e) when (part.MayBeForeign)
        {
            Note(new BadRecord(part.File, 0, $"damaged: {e.Message}"));
        }

        var count = BadRecords - bad;
        // A file that was found beside the others and is of another kind is one thing to tell, not one for each of its lines.
        if (!part.MayBeForeign || Records > records || count < 2) return;
        var first = named < _bad.Count ? _bad[named].Reason : "no record";
        _bad.RemoveRange(named, _bad.Count - named);
        BadRecords = bad;
        Note(new BadRecord(part.File, 0, $"not a file of advisories: none of its {count} records is one; the first: {first}"));
    }

    private void Take(FeedPart part, FeedItem item)
    {
        try
        {
            if (item.Fault is not null) throw new OsvFormatException(item.Fault);
            if (EpssLine.Fits(item.Json.Span))
            {
                if (EpssLine.Read(item.Json.Span) is { } fact) Keep(part, EpssLine.Name, fact);
                return;
            }

            using var document = JsonDocument.Parse(item.Json);
            if (document.RootElement.ValueKind != JsonValueKind.Array) Take(part, document.RootElement);
            else TakeAll(part, document.RootElement);
        }
        catch (OsvFormatException e)
        {
            Note(new BadRecord(item.File, item.Line, e.Message));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, such as half of a surrogate pair.
            Note(new BadRecord(item.File, item.Line, $"not valid JSON: {e.Message}"));
        }
    }

    private void TakeAll(FeedPart part, JsonElement records)
    {
        if (records.GetArrayLength() == 0) throw new OsvFormatException("an array without a record");
        foreach (var record in records.EnumerateArray()) Take(part, record);
    }

    private void Take(FeedPart part, JsonElement record)
    {
        if (FeedForms.OfFact(record) is { } facts)
        {
            foreach (var fact in facts.Read(record)) Keep(part, facts.Name, fact);
            return;
        }

        var form = FeedForms.OfRecord(record);
        foreach (var read in form.Read(record, part.Date))
        {
            Begin(part, form.Name);
            Count(writer.Keep(read));
            if (Records % ProgressEvery == 0) Report(part.File);
        }
    }

    private void Keep(FeedPart part, string form, CveFact fact)
    {
        Begin(part, form);
        Count(writer.Keep(fact));
        _facts++;
        if (Records % ProgressEvery == 0) Report(part.File);
    }

    /// <summary>A file is a source from its first record on; what a zip holds is one source.</summary>
    private void Begin(FeedPart part, string form)
    {
        if (part.Location == _location) return;
        _location = part.Location;
        _locations.Add(_location);
        writer.From(part.Location == feed.Location ? feed.Name : part.File, part.Location, form);
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
