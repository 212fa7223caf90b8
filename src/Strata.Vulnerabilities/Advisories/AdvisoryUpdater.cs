using Microsoft.Data.Sqlite;
using Strata.Vulnerabilities.Feeds;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Brings advisory records into the local database.</summary>
/// <param name="databasePath">The database file, usually <c>ROOT/facts/advisories.db</c>; its folder is made when it is missing.</param>
/// <param name="http">For sources that are URLs.</param>
/// <param name="clock">Says when the update was made.</param>
public sealed class AdvisoryUpdater(string databasePath, HttpClient http, TimeProvider clock)
{
    /// <summary>More bad records than these are counted, but not named.</summary>
    public const int ReportedBadRecords = 100;

    /// <summary>
    /// Reads records of any form that is known from a folder (all *.json, *.jsonl, *.csv, also .gz, below it), one such file, a zip of them,
    /// or an http(s) URL of one of these. When this returns, the database holds them beside what it had; on any error or cancellation it is what it was.
    /// </summary>
    /// <exception cref="AdvisoryUpdateException">The source cannot be read, or holds no OSV record, or another update is under way.</exception>
    public async Task<AdvisoryUpdate> UpdateAsync(string from, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var path = Path.GetFullPath(databasePath);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var workplace = UpdateWorkplace.Enter(path);
            var feed = await OpenAsync(from, workplace, progress, cancellationToken).ConfigureAwait(false);
            // SQLite and inflate are work, not waiting: the caller's thread stays free.
            return await Task.Run(() => MakeAsync(feed, workplace, progress, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException or SqliteException)
        {
            throw new AdvisoryUpdateException($"the advisories were not updated from '{Shown(from)}': {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new AdvisoryUpdateException($"the advisories were not updated from '{Shown(from)}': it did not answer in time; try again", e);
        }
    }

    private async Task<AdvisoryUpdate> MakeAsync(
        Feed feed, UpdateWorkplace workplace, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<AdvisorySource> sources;
        Ingest ingest;
        workplace.CopyOld();
        using (var writer = new AdvisoryWriter(workplace.Draft, clock.GetUtcNow()))
        {
            ingest = new Ingest(feed, writer, progress);
            await ingest.RunAsync(cancellationToken).ConfigureAwait(false);
            sources = writer.Commit();
        }

        cancellationToken.ThrowIfCancellationRequested();
        workplace.Publish();
        return new AdvisoryUpdate
        {
            Source = Joined(feed, sources, ingest.Records),
            Files = ingest.Files,
            Records = ingest.Records,
            Added = ingest.Added,
            Replaced = ingest.Replaced,
            Older = ingest.Older,
            BadRecords = ingest.BadRecords,
            Bad = ingest.Bad,
            Status = AdvisoryDatabase.StatusOf(databasePath),
        };
    }

    /// <summary>A folder is several sources, but one that was asked for.</summary>
    private AdvisorySource Joined(Feed feed, IReadOnlyList<AdvisorySource> sources, long records)
    {
        if (sources is [var only] && only.Location == feed.Location) return only;
        return new AdvisorySource { Name = feed.Name, Location = feed.Location, Fetched = clock.GetUtcNow(), Records = records, Newest = sources.Max(s => s.Newest) };
    }

    private async Task<Feed> OpenAsync(
        string from, UpdateWorkplace workplace, IProgress<AdvisoryProgress>? progress, CancellationToken cancellationToken)
    {
        if (!TryUrl(from, out var url))
        {
            var path = Path.GetFullPath(from);
            return FeedForm.Open(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), path);
        }

        var name = Uri.UnescapeDataString(url.Segments[^1].Trim('/'));
        if (!FeedFile.IsZip(name) && !FeedFile.IsFeed(name))
            throw new AdvisoryUpdateException($"'{Shown(from)}' does not name a form that is known; expected the URL of {FeedForm.AcceptedFiles}");
        // The name's end tells the form, and nothing else of it is used for a path.
        var file = workplace.TemporaryFile(Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + Path.GetExtension(name));
        void Report(long read, long? total) => progress?.Report(new AdvisoryProgress(name, 0, read, total));
        await Download.ToFileAsync(http, url, file, clock, Report, cancellationToken).ConfigureAwait(false);
        return FeedForm.Open(file, NameOf(url), Shown(from));
    }

    /// <summary>OSV calls every ecosystem's file all.zip, so the folder is part of the name: <c>Debian/all.zip</c>.</summary>
    private static string NameOf(Uri url) =>
        string.Join('/', url.Segments.Select(s => Uri.UnescapeDataString(s.Trim('/'))).Where(s => s.Length > 0).TakeLast(2));

    private static bool TryUrl(string from, out Uri url) =>
        Uri.TryCreate(from, UriKind.Absolute, out url!) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);

    /// <summary>The location without user name and password.</summary>
    private static string Shown(string from) =>
        TryUrl(from, out var url) ? url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : from;
}
