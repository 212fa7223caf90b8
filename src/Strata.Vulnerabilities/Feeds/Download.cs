namespace Strata.Vulnerabilities.Feeds;

/// <summary>Fetches a feed into a file beside the database, so that a zip can be read and a cut connection changes nothing.</summary>
internal static class Download
{
    /// <exception cref="HttpRequestException">The server cannot be reached, or says no.</exception>
    /// <exception cref="HttpIOException">The connection was cut.</exception>
    public static async Task ToFileAsync(HttpClient http, Uri url, string path, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        response.EnsureSuccessStatusCode();
        var total = response.Content.Headers.ContentLength;
        var read = 0L;
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var counted = new CountingStream(body, n => progress(read += n, total));
        await using (counted.ConfigureAwait(false))
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            await using (file.ConfigureAwait(false)) await counted.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
        }
    }
}
