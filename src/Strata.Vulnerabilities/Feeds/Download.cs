namespace Strata.Vulnerabilities.Feeds;

/// <summary>Fetches a feed into a file beside the database, so that a zip can be read and a cut connection changes nothing.</summary>
internal static class Download
{
    /// <summary>A server that sends nothing for so long has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="HttpRequestException">The server cannot be reached, or says no.</exception>
    /// <exception cref="HttpIOException">The connection was cut.</exception>
    /// <exception cref="OperationCanceledException">Cancelled, or nothing came for a minute.</exception>
    public static async Task ToFileAsync(
        HttpClient http, Uri url, string path, TimeProvider clock, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        var read = 0L;
        var body = await response.Content.ReadAsStreamAsync(either.Token).ConfigureAwait(false);
        var counted = new CountingStream(body, n =>
        {
            silence.CancelAfter(Patience);
            progress(read += n, total);
        });
        await using (counted.ConfigureAwait(false))
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using (file.ConfigureAwait(false)) await counted.CopyToAsync(file, either.Token).ConfigureAwait(false);
        }
    }
}
