using Strata.Images;
using Strata.Oci;
using Strata.Packages;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Images;

/// <summary>Finds what is known of the content of an image, and has it read where nothing is.</summary>
internal sealed class InsideReader(ContentFacts facts, ContentReader reader, BaseFinder bases, ImageFinder finder, HubScans scans, IRegistryContent registry, TimeProvider clock)
{
    /// <summary>How long a page waits before it says that the reading is under way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Bases with the same layers that are looked at; more only name more of the same.</summary>
    private const int MostCandidates = 24;

    /// <param name="found">An image.</param>
    /// <param name="host">The hub's name.</param>
    /// <param name="visitor">Whose pages it is for: other images are named only where he may see them.</param>
    /// <param name="wait">Whether the page is worth nothing without it; else the reading only begins.</param>
    public async ValueTask<ImageInside> ReadAsync(FoundImage found, string host, Visitor visitor, bool wait, CancellationToken cancellationToken)
    {
        var image = found.Image!;
        var known = await FindBaseAsync(found, host, visitor, cancellationToken);
        if (Of(found, known) is { } packages) return new ImageInside(packages, known);
        // What was given up is not tried again for everybody who looks.
        if (scans.Find(found.ManifestDigest) is { State: ImageScanState.Unreadable, Reason: { } reason }) return new ImageInside(Packages: null, known, Reading: null, reason);
        if (reader.Begin(found.Content) is not { } reading) return new ImageInside(Packages: null, known);
        if (wait && !reading.Completion.IsCompleted)
            await Task.WhenAny(reading.Completion, Task.Delay(Patience, clock, cancellationToken));
        if (!reading.Completion.IsCompleted) return new ImageInside(Packages: null, known, reading);
        return reading.Fault is { } fault ? new ImageInside(Packages: null, known, Reading: null, fault) : new ImageInside(Of(found, known), known);
    }

    /// <summary>Null where something is not known yet.</summary>
    private ImagePackages? Of(FoundImage found, ImageBase? known)
    {
        if (facts.ChangesOf(found.ManifestDigest) is null || facts.PackagesOf(found.ManifestDigest) is not { } packages) return null;
        return known is null ? packages : packages with { Base = new BaseImage { Name = known.Name, Digest = known.Digest, Layers = known.Layers } };
    }

    private async ValueTask<ImageBase?> FindBaseAsync(FoundImage found, string host, Visitor visitor, CancellationToken cancellationToken)
    {
        var below = bases.Below([.. found.Manifest.Layers.Select(l => l.Digest)], visitor).Where(b => b.Manifest != found.ManifestDigest);
        var candidates = new List<BaseCandidate>();
        foreach (var same in below.GroupBy(b => b.Manifest).Take(MostCandidates))
        {
            var any = same.First();
            if (registry.FindManifest(any.Repository, any.Manifest.ToString()) is not { } document) continue;
            try
            {
                var manifest = Manifest.Parse(document.Content.Span);
                if (await finder.ConfigAsync(any.Repository, manifest, cancellationToken) is not { } config) continue;
                Reference[] names = [.. same.Select(b => ImageFinder.NameOf(host, b.Repository, ":" + b.Tag)).OfType<Reference>()];
                HashSet<Digest> digests = [same.Key, .. same.Select(b => b.Top)];
                if (BaseCandidate.Of(found.Image!, same.Key, manifest.Config.Digest, config, names, digests) is { } candidate) candidates.Add(candidate);
            }
            catch (DocumentException)
            {
                // What cannot be read is nobody's base.
            }
        }
        return BaseChoice.Of(found.Image!, candidates);
    }
}
