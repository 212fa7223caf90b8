using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>
/// Fetches into a file, so that a zip can be read and a cut connection changes nothing. What arrived before a cut is kept beside the
/// database, if the server says by which mark it would know its file again, and the next download goes on from there.
/// </summary>
/// <param name="http">Asks.</param>
/// <param name="clock">Says when a server has been silent for too long.</param>
/// <param name="place">What names of unfinished files begin with.</param>
internal sealed class Download(HttpClient http, TimeProvider clock, string place)
{
    /// <summary>A server that sends nothing for so long has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="url">What to fetch.</param>
    /// <param name="known">The mark of what is there already; null when there is nothing.</param>
    /// <param name="path">Where it is to be.</param>
    /// <param name="progress">Bytes that are there, and how many it will be.</param>
    /// <returns>The file's mark, null where it has none. <see cref="DownloadedFile.IsUnchanged"/> when it is the known one: then there is no file.</returns>
    /// <exception cref="HttpRequestException">The server cannot be reached, or says no.</exception>
    /// <exception cref="HttpIOException">The connection was cut.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or nothing came for a minute.</exception>
    public async Task<DownloadedFile> ToFileAsync(Uri url, string? known, string path, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var unfinished = new UnfinishedFile(place + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.ToString())))[..16]);
        using var request = Request(url, known, unfinished);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotModified) return new DownloadedFile(known, IsUnchanged: true);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable) unfinished.Remove();
        response.EnsureSuccessStatusCode();
        var mark = MarkOf(response);
        var goesOn = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == unfinished.Length;
        if (response.StatusCode == HttpStatusCode.PartialContent && !goesOn) throw new HttpRequestException("the server sent another part than was asked for; try again");
        if (!goesOn) unfinished.Begin(mark);
        try
        {
            await ReceiveAsync(response, unfinished, read => silence.CancelAfter(read), progress, either.Token).ConfigureAwait(false);
        }
        catch when (mark is null)
        {
            unfinished.Remove();
            throw;
        }

        unfinished.Publish(path);
        return new DownloadedFile(mark, IsUnchanged: false);
    }

    private static async Task ReceiveAsync(
        HttpResponseMessage response, UnfinishedFile unfinished, Action<TimeSpan> wait, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var read = unfinished.Length;
        var total = read + response.Content.Headers.ContentLength;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var counted = new CountingStream(body, n =>
        {
            wait(Patience);
            progress(read += n, total);
        });
        await using (counted.ConfigureAwait(false))
        {
            var file = unfinished.Append();
            await using (file.ConfigureAwait(false)) await counted.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }

    private static HttpRequestMessage Request(Uri url, string? known, UnfinishedFile unfinished)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (unfinished.Mark is { } mark)
        {
            request.Headers.Range = new RangeHeaderValue(unfinished.Length, to: null);
            request.Headers.TryAddWithoutValidation("If-Range", mark);
        }
        else if (known is not null)
        {
            request.Headers.TryAddWithoutValidation(known.Contains('"', StringComparison.Ordinal) ? "If-None-Match" : "If-Modified-Since", known);
        }

        return request;
    }

    /// <summary>A strong tag, or the date; by a weak tag two different files may go. RFC 9110, 8.8 and 13.1.5.</summary>
    private static string? MarkOf(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : response.Content.Headers.LastModified?.ToString("r", System.Globalization.CultureInfo.InvariantCulture);
}
