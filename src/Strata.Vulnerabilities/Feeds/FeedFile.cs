using System.Runtime.CompilerServices;

namespace Strata.Vulnerabilities.Feeds;

/// <summary>
/// The forms of one file of a feed, told by its name: <c>.json</c> is one record, <c>.jsonl</c> and <c>.csv</c> a record a line, each also <c>.gz</c>.
/// </summary>
internal static class FeedFile
{
    private const StringComparison Ignore = StringComparison.OrdinalIgnoreCase;

    public static bool IsFeed(string name) => IsLines(name) || Plain(name).EndsWith(".json", Ignore);

    public static bool IsZip(string name) => name.EndsWith(".zip", Ignore);

    /// <summary>The records of a file that <see cref="IsFeed"/> takes. <see cref="InvalidDataException"/> when its compression is damaged.</summary>
    /// <param name="stream">Its bytes.</param>
    /// <param name="length">How many there are.</param>
    /// <param name="name">Tells its form.</param>
    /// <param name="shownAs">For people.</param>
    public static async IAsyncEnumerable<FeedItem> ReadAsync(
        Stream stream, long length, string name, string shownAs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var zipped = name.EndsWith(".gz", Ignore);
        var content = zipped ? new CompleteGzip(stream) : stream;
        try
        {
            if (IsLines(name))
            {
                await foreach (var item in RecordText.LinesAsync(content, shownAs, RecordText.MaxBytes, cancellationToken).ConfigureAwait(false))
                    yield return item;
            }
            else
            {
                yield return await RecordText.WholeAsync(content, zipped ? 0 : length, shownAs, RecordText.MaxDocumentBytes, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            if (zipped) await content.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static bool IsLines(string name) => Plain(name).EndsWith(".jsonl", Ignore) || Plain(name).EndsWith(".ndjson", Ignore) || Plain(name).EndsWith(".csv", Ignore);

    private static string Plain(string name) => name.EndsWith(".gz", Ignore) ? name[..^3] : name;
}
