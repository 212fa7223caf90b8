using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Strata.Oci;

namespace Strata.Registry.Server;

/// <summary>
/// Manifests of mirrored repositories. One that is asked for by digest is fetched once. A tag is asked for again when it was last for
/// longer than the upstream's refresh time; when upstream has no answer, what the tag named last is the answer.
/// </summary>
internal sealed class ManifestMirror(
    RegistryDatabase database, ManifestCache cache, EventFan events, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ManifestMirror> logger)
{
    /// <summary>One that had no answer is left alone for so long by those who have something to fall back on.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<IUpstreamRegistry, DateTimeOffset> _silent = new();
    private readonly SingleFlight<(string Repository, string Reference), ManifestEntry?> _flights = new();

    /// <param name="home">The repository.</param>
    /// <param name="reference">A tag or a digest, valid.</param>
    /// <param name="local">What is here.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="UpstreamException">Upstream has no answer, and nothing is here.</exception>
    public async ValueTask<(ManifestEntry? Manifest, bool IsStale)> FindAsync(
        MirroredRepository home, string reference, ManifestEntry? local, CancellationToken cancellationToken)
    {
        if (Digest.TryParse(reference, out var digest))
        {
            local ??= await _flights.RunAsync((home.Local, reference), () => FetchAsync(home, digest, tag: null), cancellationToken).ConfigureAwait(false);
            return (local, false);
        }
        if (local is not null && IsFresh(home, reference)) return (local, false);
        if (local is not null && _silent.TryGetValue(home.Upstream, out var until) && time.GetUtcNow() < until) return (local, true);
        try
        {
            return (await _flights.RunAsync((home.Local, reference), () => RefreshAsync(home, reference), cancellationToken).ConfigureAwait(false), false);
        }
        catch (UpstreamException e) when (local is not null)
        {
            _silent[home.Upstream] = time.GetUtcNow() + Rest;
            logger.ServedStale(home.Local, reference, e.Message);
            return (local, true);
        }
    }

    private bool IsFresh(MirroredRepository home, string tag) =>
        database.Read((home.Local, tag), static (r, s) => r.TagTime(s.Local, s.tag)) is { } asked && time.GetUtcNow() - asked < home.Upstream.Refresh;

    private async Task<ManifestEntry?> RefreshAsync(MirroredRepository home, string tag)
    {
        if (await home.Upstream.FindTagAsync(home.Remote, tag, lifetime.ApplicationStopping).ConfigureAwait(false) is not { } digest)
        {
            await ForgetAsync(home, tag).ConfigureAwait(false);
            return null;
        }
        if (database.Read((home.Local, digest), static (r, s) => r.ByDigest(s.Local, s.digest)) is not { } here)
            return await FetchAsync(home, digest, tag).ConfigureAwait(false);
        if (await database.WriteAsync(w => w.SetMirroredTag(home.Local, tag, digest, Now), CancellationToken.None).ConfigureAwait(false))
            await TellAsync(RegistryEventKind.TagMoved, home, tag, digest, here.MediaType).ConfigureAwait(false);
        return here;
    }

    private async Task<ManifestEntry?> FetchAsync(MirroredRepository home, Digest digest, string? tag)
    {
        if (await home.Upstream.GetManifestAsync(home.Remote, digest, lifetime.ApplicationStopping).ConfigureAwait(false) is not { } fetched) return null;
        var content = fetched.Content.ToArray();
        ParsedManifest manifest;
        try
        {
            manifest = ParsedManifest.Parse(content, fetched.MediaType);
        }
        catch (DocumentException e)
        {
            throw new UpstreamException($"{home.Upstream.Registry} sent a manifest of {home.Remote} that cannot be read: {e.Message}", e);
        }
        var moved = await database.WriteAsync(w => w.PutMirrored(home.Local, digest, manifest, content, tag, Now), CancellationToken.None).ConfigureAwait(false);
        cache.Add(digest, content);
        await TellAsync(RegistryEventKind.ManifestPushed, home, tag ?? digest.ToString(), digest, manifest.MediaType).ConfigureAwait(false);
        if (moved) await TellAsync(RegistryEventKind.TagMoved, home, tag!, digest, manifest.MediaType).ConfigureAwait(false);
        return new ManifestEntry(digest, manifest.MediaType, content.Length);
    }

    private async Task ForgetAsync(MirroredRepository home, string tag)
    {
        if (await database.WriteAsync(w => w.RemoveTag(home.Local, tag, Now), CancellationToken.None).ConfigureAwait(false) is { } digest)
            await TellAsync(RegistryEventKind.TagDeleted, home, tag, digest, "").ConfigureAwait(false);
    }

    private ValueTask TellAsync(RegistryEventKind kind, MirroredRepository home, string reference, Digest digest, string mediaType) =>
        events.TellAsync(kind, home.Local, reference, digest, mediaType, CancellationToken.None);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
