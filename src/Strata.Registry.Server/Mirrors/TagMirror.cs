using System.Collections.Concurrent;

namespace Strata.Registry.Server;

/// <summary>The tags that a mirrored repository has upstream; asked for again when the refresh time is over, since clients come page by page.</summary>
internal sealed class TagMirror(TimeProvider time)
{
    private const int Most = 256;
    private readonly SingleFlight<string, IReadOnlyList<string>?> _flights = new();
    private readonly ConcurrentDictionary<string, (long At, IReadOnlyList<string> Tags)> _lists = new(StringComparer.Ordinal);

    /// <summary>In order, at most <paramref name="most"/> after <paramref name="after"/>; null when upstream has no such repository.</summary>
    /// <exception cref="UpstreamException">Upstream has no answer.</exception>
    public async ValueTask<List<string>?> ListAsync(MirroredRepository home, string after, int most, CancellationToken cancellationToken)
    {
        var tags = _lists.TryGetValue(home.Local, out var list) && time.GetElapsedTime(list.At) < home.Upstream.Refresh
            ? list.Tags
            : await _flights.RunAsync(home.Local, () => FetchAsync(home), cancellationToken).ConfigureAwait(false);
        return tags is null ? null : [.. tags.SkipWhile(t => string.CompareOrdinal(t, after) <= 0).Take(most)];
    }

    private async Task<IReadOnlyList<string>?> FetchAsync(MirroredRepository home)
    {
        if (await home.Upstream.ListTagsAsync(home.Remote, CancellationToken.None).ConfigureAwait(false) is not { } found) return null;
        if (_lists.Count >= Most) _lists.Clear();
        string[] tags = [.. found.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        _lists[home.Local] = (time.GetTimestamp(), tags);
        return tags;
    }
}
