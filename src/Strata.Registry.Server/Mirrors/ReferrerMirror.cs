using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// What refers to manifests of mirrored repositories: upstream is asked, and asked again when the refresh time is over. While it has no answer,
/// the last one holds; where there was none, those referrers that are here, which are all that could be pulled.
/// </summary>
internal sealed class ReferrerMirror(RegistryDatabase database, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ReferrerMirror> logger)
{
    private const int Most = 1024;

    /// <summary>An upstream that had no answer is left alone for so long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly SingleFlight<(string Repository, Digest Subject), Known> _flights = new();
    private readonly ConcurrentDictionary<(string Repository, Digest Subject), Known> _known = new();

    /// <param name="home">The repository.</param>
    /// <param name="subject">What they refer to.</param>
    /// <param name="local">Those that are here.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Each once, in the order of their digests.</returns>
    /// <exception cref="UpstreamException">Upstream has no answer, and nothing of the repository is here.</exception>
    public async ValueTask<(IReadOnlyList<Descriptor> Referrers, bool IsStale)> ListAsync(
        MirroredRepository home, Digest subject, Func<IReadOnlyList<Descriptor>> local, CancellationToken cancellationToken)
    {
        var key = (home.Local, subject);
        if (!_known.TryGetValue(key, out var known) || time.GetUtcNow() >= known.Until)
            known = await _flights.RunAsync(key, () => AskAsync(home, subject, known, local), cancellationToken).ConfigureAwait(false);
        return (known.Referrers, known.IsStale);
    }

    private async Task<Known> AskAsync(MirroredRepository home, Digest subject, Known? before, Func<IReadOnlyList<Descriptor>> local)
    {
        Known known;
        try
        {
            var found = await home.Upstream.ListReferrersAsync(home.Remote, subject, lifetime.ApplicationStopping).ConfigureAwait(false);
            known = new Known(
                [.. found.DistinctBy(d => d.Digest).OrderBy(d => d.Digest.ToString(), StringComparer.Ordinal)], time.GetUtcNow() + home.Upstream.Refresh, IsStale: false);
        }
        catch (UpstreamException e) when (before is not null || database.Read(home.Local, static (r, name) => r.HasManifests(name)))
        {
            logger.ReferrersServedStale(home.Local, subject.ToString(), e.Message);
            known = new Known(before?.Referrers ?? local(), time.GetUtcNow() + Rest, IsStale: true);
        }
        if (_known.Count >= Most) _known.Clear();
        return _known[(home.Local, subject)] = known;
    }

    private sealed record Known(IReadOnlyList<Descriptor> Referrers, DateTimeOffset Until, bool IsStale);
}
