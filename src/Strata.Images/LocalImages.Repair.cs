using Strata.Content;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>Mending a manifest shows what it names: so often may one check find new faults.</summary>
    private const int RepairRounds = 4;

    /// <summary>
    /// Checks the store, and fetches again by digest what is missing or damaged, from where the names of the images that need it point; derived
    /// indexes are made again. What is good is not touched.
    /// </summary>
    /// <returns>All faults that were found, each with what became of it; empty for a store that is clean.</returns>
    /// <exception cref="ImageException">There is no such image.</exception>
    public async Task<IReadOnlyList<RepairedFault>> RepairAsync(string? nameOrId, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var outcomes = new Dictionary<Digest, RepairedFault>();
        for (var round = 0; round < RepairRounds; round++)
        {
            var check = await VerifyAsync(nameOrId, cancellationToken).ConfigureAwait(false);
            var open = check.Faults.Where(f => !outcomes.ContainsKey(f.Content)).ToArray();
            foreach (var fault in open) outcomes[fault.Content] = await RepairAsync(fault, cancellationToken).ConfigureAwait(false);
            if (open.Length == 0) break;
        }
        return [.. outcomes.Values];
    }

    private async Task<RepairedFault> RepairAsync(StoreFault fault, CancellationToken cancellationToken)
    {
        if (fault.Kind is FaultKind.WrongLayer or FaultKind.Invalid)
            return new RepairedFault(fault, Repaired: false, "it is as it was published: only who made the image can mend it");
        try
        {
            if (fault.Kind == FaultKind.BadIndex) return await ReindexAsync(fault, cancellationToken).ConfigureAwait(false);
            return await FetchAgainAsync(fault, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageException e)
        {
            return new RepairedFault(fault, Repaired: false, e.Message);
        }
    }

    private async Task<RepairedFault> ReindexAsync(StoreFault fault, CancellationToken cancellationToken)
    {
        File.Delete(LayerIndex.PathIn(store.Layers, fault.DiffId!.Value));
        await _pass.CatchUpAsync(fault.Descriptor!, fault.DiffId.Value, cancellationToken).ConfigureAwait(false);
        return new RepairedFault(fault, Repaired: true, "its index was made again");
    }

    private async Task<RepairedFault> FetchAgainAsync(StoreFault fault, CancellationToken cancellationToken)
    {
        var places = ImageNames.Read(store).Where(i => i.Name is not null && fault.Manifests.Contains(i.Manifest.Digest))
            // Where the image is known to have been counts before a name that was only given here.
            .OrderByDescending(i => i.RegistryDigest is not null).Select(i => i.Name!).DistinctBy(n => n.Name).ToArray();
        if (places.Length == 0) return new RepairedFault(fault, Repaired: false, "no image that needs it has a name, so it is not known where to fetch it");
        var reasons = new List<string>();
        foreach (var place in places)
        {
            try
            {
                await FetchFromAsync(place, fault, cancellationToken).ConfigureAwait(false);
                return new RepairedFault(fault, Repaired: true, $"fetched again from {place.FamiliarName}");
            }
            catch (Exception e) when (e is RegistryException or ContentMismatchException or ImageException)
            {
                reasons.Add(e.Message);
            }
        }
        return new RepairedFault(fault, Repaired: false, string.Join("; ", reasons));
    }

    private async Task FetchFromAsync(Reference place, StoreFault fault, CancellationToken cancellationToken)
    {
        if (fault.What is "manifest" or "index")
        {
            var fetched = await registries.GetManifestAsync(place.WithDigest(fault.Content), cancellationToken).ConfigureAwait(false);
            using var document = store.Ingest(fetched.Descriptor);
            await document.WriteAsync(fetched.Bytes, cancellationToken).ConfigureAwait(false);
            document.Commit();
            return;
        }
        var descriptor = fault.Descriptor!;
        var source = await registries.OpenBlobAsync(place, descriptor, cancellationToken).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            // Not through the pass of a pull: that may rely on what the store has, and this is to be replaced.
            using var ingest = store.Ingest(descriptor);
            var buffer = new byte[256 * 1024];
            for (int n; (n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                await ingest.WriteAsync(buffer.AsMemory(0, n), cancellationToken).ConfigureAwait(false);
            ingest.Commit();
        }
        if (fault.DiffId is { } diffId) await _pass.CatchUpAsync(descriptor, diffId, cancellationToken).ConfigureAwait(false);
    }
}
