using Microsoft.Data.Sqlite;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Brings advisory records into the local database.</summary>
/// <param name="databasePath">The database file, usually <c>ROOT/advisories/advisories.db</c>; its folder is made when it is missing.</param>
/// <param name="http">For sources that are URLs.</param>
/// <param name="clock">Says when the update was made.</param>
public sealed class AdvisoryUpdater(string databasePath, HttpClient http, TimeProvider clock)
{
    /// <summary>More bad records than these are counted, but not named.</summary>
    public const int ReportedBadRecords = 100;

    /// <summary>
    /// Reads records of any form that is known from a folder (all *.json, *.jsonl, *.csv, also .gz, below it), one such file, a zip of them,
    /// or an http(s) URL of one of these. When this returns, the database holds them beside those of other sources; what the source had
    /// before and has no more is gone. On any error or cancellation it is what it was.
    /// </summary>
    /// <exception cref="AdvisoryUpdateException">The source cannot be read, or holds no OSV record, or another update is under way.</exception>
    public async Task<AdvisoryUpdate> UpdateAsync(string from, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        var outcomes = await UpdateAsync([from], progress, cancellationToken).ConfigureAwait(false);
        return outcomes[0].Update ?? throw new AdvisoryUpdateException(outcomes[0].Fault!);
    }

    /// <summary>The same for several sources at once. Those that cannot be read leave the others alone; the outcomes are in the order of the sources.</summary>
    /// <exception cref="AdvisoryUpdateException">The database cannot be written, or another update is under way.</exception>
    public async Task<IReadOnlyList<FeedOutcome>> UpdateAsync(IReadOnlyList<string> sources, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.GetFullPath(databasePath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var workplace = UpdateWorkplace.Enter(path);
            var door = new FeedDoor(http, clock, workplace, progress);
            var feeds = new List<OpenedFeed>();
            foreach (var source in sources) feeds.Add(await door.OpenAsync(source, cancellationToken).ConfigureAwait(false));
            // SQLite and inflate are work, not waiting: the caller's thread stays free.
            return await Task.Run(() => MakeAsync(feeds, workplace, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new AdvisoryUpdateException($"the advisories were not updated: {e.Message}", e);
        }
    }

    private async Task<IReadOnlyList<FeedOutcome>> MakeAsync(
        List<OpenedFeed> feeds, UpdateWorkplace workplace, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        // The draft has no journal that a source could be taken back from: without the one that failed, all is made again.
        while (feeds.Exists(f => f.Fault is null))
        {
            workplace.CopyOld();
            using var draft = new UpdateDraft(workplace.Draft, clock.GetUtcNow(), progress);
            var failed = await draft.TakeAsync(feeds, cancellationToken).ConfigureAwait(false);
            if (failed is not null)
            {
                feeds[feeds.FindIndex(f => f.From == failed.From)] = failed;
                continue;
            }

            var made = draft.Complete();
            cancellationToken.ThrowIfCancellationRequested();
            workplace.Publish();
            var status = AdvisoryDatabase.StatusOf(databasePath);
            return [.. feeds.Select(f => new FeedOutcome(f.From, f.Fault is null ? made[f.From](status) : null, f.Fault))];
        }

        return [.. feeds.Select(f => new FeedOutcome(f.From, Update: null, f.Fault))];
    }
}
