using Strata.Vulnerabilities.Feeds;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>The database that an update makes, out of the old one and of what each source says.</summary>
internal sealed class UpdateDraft(string path, DateTimeOffset now, IProgress<AdvisoryProgress>? progress) : IDisposable
{
    private readonly AdvisoryWriter _writer = new(path, now);
    private readonly List<(OpenedFeed Feed, Ingest? Ingest)> _taken = [];

    /// <summary>Null when all was taken; otherwise the source that failed, with its fault, and the draft is worth nothing.</summary>
    public async Task<OpenedFeed?> TakeAsync(IEnumerable<OpenedFeed> feeds, CancellationToken cancellationToken)
    {
        foreach (var opened in feeds.Where(f => f.Fault is null))
        {
            if (opened.Feed is not { } feed)
            {
                _writer.Seen(opened.From);
                _taken.Add((opened, null));
                continue;
            }

            var ingest = new Ingest(feed, _writer, progress);
            try
            {
                await ingest.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (AdvisoryUpdateException e)
            {
                return opened with { Feed = null, Fault = e.Message };
            }
            catch (InvalidDataException e)
            {
                return opened with { Feed = null, Fault = $"the advisories were not updated from '{opened.From}': {e.Message}" };
            }

            _writer.Mark(feed.Location, opened.Mark);
            _taken.Add((opened, ingest));
        }

        return null;
    }

    /// <summary>When this returns, the draft is a database. What became of each source is told when its status is known.</summary>
    public IReadOnlyDictionary<string, Func<AdvisoryStatus, AdvisoryUpdate>> Complete()
    {
        _writer.Commit();
        _writer.Dispose();
        var made = new Dictionary<string, Func<AdvisoryStatus, AdvisoryUpdate>>(StringComparer.Ordinal);
        foreach (var (opened, ingest) in _taken) made[opened.From] = status => Of(opened, ingest, status);
        return made;
    }

    public void Dispose() => _writer.Dispose();

    private AdvisoryUpdate Of(OpenedFeed opened, Ingest? ingest, AdvisoryStatus status)
    {
        if (opened.Feed is not { } feed || ingest is null)
            return new AdvisoryUpdate { Source = status.Sources.First(s => s.Location == opened.From), IsUnchanged = true, Status = status };
        return new AdvisoryUpdate
        {
            Source = SourceOf(feed, ingest, status),
            Files = ingest.Files,
            Records = ingest.Records,
            Added = ingest.Added,
            Replaced = ingest.Replaced,
            Older = ingest.Older,
            Removed = ingest.Removed,
            BadRecords = ingest.BadRecords,
            Bad = ingest.Bad,
            Status = status,
        };
    }

    /// <summary>A folder is several sources, but one that was asked for.</summary>
    private AdvisorySource SourceOf(Feed feed, Ingest ingest, AdvisoryStatus status)
    {
        var sources = status.Sources.Where(s => ingest.Locations.Contains(s.Location)).ToArray();
        if (sources is [var only] && only.Location == feed.Location) return only;
        return new AdvisorySource { Name = feed.Name, Location = feed.Location, Fetched = now, Records = ingest.Records, Newest = sources.Max(s => s.Newest) };
    }
}
