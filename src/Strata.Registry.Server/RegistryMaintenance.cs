using Strata.Oci;

namespace Strata.Registry.Server;

internal sealed class RegistryMaintenance(
    RegistryDatabase database, GarbageCollector collector, Scrubber scrubber, MirrorSweep mirrors, EventFan events, TimeProvider time) : IRegistryMaintenance
{
    public ValueTask<CollectedGarbage> CollectAsync(bool dryRun, CancellationToken cancellationToken) =>
        dryRun ? collector.PreviewAsync(cancellationToken) : collector.CollectAsync(cancellationToken);

    public ValueTask<int> SweepMirrorsAsync(CancellationToken cancellationToken) => mirrors.SweepAsync(cancellationToken);

    public ValueTask<ScrubResult> ScrubAsync(CancellationToken cancellationToken) =>
        scrubber.ScrubAsync(time.GetUtcNow(), bytesPerSecond: null, cancellationToken);

    public IReadOnlyList<Digest> ListDamaged(int most) => [.. database.Read(most, static (r, m) => r.Damaged(m)).Select(d => d.Key.Digest)];

    public IReadOnlyList<PastTag> ListHistory(string repository, string tag, int most) =>
        database.Read((repository, tag, most), static (r, s) => r.History(s.repository, s.tag, s.most));

    public async ValueTask<Digest?> RestoreTagAsync(string repository, string tag, Digest? digest, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (await database.WriteAsync(w => w.RestoreTag(repository, tag, digest, now), cancellationToken).ConfigureAwait(false) is not { } restored)
            return null;
        await events.TellAsync(
            RegistryEventKind.ManifestPushed, repository, tag, restored.Digest, restored.MediaType, CancellationToken.None).ConfigureAwait(false);
        await events.TellAsync(
            RegistryEventKind.TagMoved, repository, tag, restored.Digest, restored.MediaType, CancellationToken.None).ConfigureAwait(false);
        return restored.Digest;
    }

    public async ValueTask<bool> RestoreManifestAsync(string repository, Digest digest, CancellationToken cancellationToken)
    {
        if (await database.WriteAsync(w => w.RestoreManifest(repository, digest), cancellationToken).ConfigureAwait(false) is not { } mediaType)
            return false;
        await events.TellAsync(
            RegistryEventKind.ManifestPushed, repository, digest.ToString(), digest, mediaType, CancellationToken.None).ConfigureAwait(false);
        return true;
    }
}
