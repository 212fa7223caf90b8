using Strata.Vulnerabilities.Feeds;

namespace Strata.Vulnerabilities.Advisories;

/// <summary>Opens what an update is asked for: a path as it is, a URL after it was fetched.</summary>
internal sealed class FeedDoor(HttpClient http, TimeProvider clock, UpdateWorkplace workplace, IProgress<AdvisoryProgress>? progress)
{
    public async Task<OpenedFeed> OpenAsync(string from, CancellationToken cancellationToken)
    {
        var shown = Shown(from);
        try
        {
            if (TryUrl(from, out var url)) return await FetchAsync(url, shown, cancellationToken).ConfigureAwait(false);
            var path = Path.GetFullPath(from);
            return new OpenedFeed(shown, FeedForm.Open(path, Path.GetFileName(Path.TrimEndingDirectorySeparator(path)), path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException)
        {
            return new OpenedFeed(shown, Feed: null, Fault: $"the advisories were not updated from '{shown}': {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new OpenedFeed(shown, Feed: null, Fault: $"the advisories were not updated from '{shown}': it did not answer in time; try again");
        }
    }

    /// <summary>The location without user name and password.</summary>
    public static string Shown(string from) =>
        TryUrl(from, out var url) ? url.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : from;

    private async Task<OpenedFeed> FetchAsync(Uri url, string shown, CancellationToken cancellationToken)
    {
        var name = Uri.UnescapeDataString(url.Segments[^1].Trim('/'));
        // Debian's tracker calls its document "json", without a name before it.
        if (name == "json") name = "feed.json";
        if (!FeedFile.IsZip(name) && !FeedFile.IsFeed(name))
            return new OpenedFeed(shown, Feed: null, Fault: $"'{shown}' does not name a form that is known; expected the URL of {FeedForm.AcceptedFiles}");
        // The name's end tells the form, and nothing else of it is used for a path.
        var file = workplace.TemporaryFile(Path.GetExtension(Path.GetFileNameWithoutExtension(name)) + Path.GetExtension(name));
        void Report(long read, long? total) => progress?.Report(new AdvisoryProgress(NameOf(url), 0, read, total));
        var fetched = await new Download(http, clock, workplace.Unfinished).ToFileAsync(url, workplace.MarkOf(shown), file, Report, cancellationToken).ConfigureAwait(false);
        return fetched.IsUnchanged ? new OpenedFeed(shown, Feed: null) : new OpenedFeed(shown, FeedForm.Open(file, NameOf(url), shown), fetched.Mark);
    }

    /// <summary>OSV calls every ecosystem's file all.zip, so the folder is part of the name: <c>Debian/all.zip</c>.</summary>
    private static string NameOf(Uri url) =>
        string.Join('/', url.Segments.Select(s => Uri.UnescapeDataString(s.Trim('/'))).Where(s => s.Length > 0).TakeLast(2));

    private static bool TryUrl(string from, out Uri url) =>
        Uri.TryCreate(from, UriKind.Absolute, out url!) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
