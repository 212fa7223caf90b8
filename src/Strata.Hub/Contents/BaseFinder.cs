using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub;

/// <summary>
/// Finds the tagged images of the hub whose layers are the first of another image's. A manifest never changes, so each is read once; the
/// table of them follows the catalogue, and is made anew when somebody asks after that has changed.
/// </summary>
public sealed class BaseFinder
{
    private readonly Catalogue _catalogue;
    private readonly IRegistryContent _registry;
    private readonly ConcurrentDictionary<Digest, IReadOnlyList<Stem>> _stems = new();
    private readonly Lock _gate = new();
    private ILookup<string, TaggedImage> _table = Array.Empty<TaggedImage>().ToLookup(_ => "", StringComparer.Ordinal);
    private long _version = -1;

    internal BaseFinder(Catalogue catalogue, IRegistryContent registry) => (_catalogue, _registry) = (catalogue, registry);

    /// <summary>Those that the visitor may see, with the most layers first; an image of all the layers may be among them, the image itself too.</summary>
    /// <param name="layers">The blobs of the image's layers, the base first.</param>
    public IEnumerable<TaggedImage> Below(IReadOnlyList<Digest> layers, Visitor visitor)
    {
        var table = Table();
        var keys = Keys(layers).ToArray();
        for (var i = keys.Length - 1; i >= 0; i--)
            foreach (var found in table[keys[i]])
                if (visitor.MaySee(found.Repository)) yield return found;
    }

    private ILookup<string, TaggedImage> Table()
    {
        lock (_gate)
        {
            var version = _catalogue.Version;
            if (version == _version) return _table;
            HashSet<Digest> used = [];
            List<(string Key, TaggedImage Image)> all = [];
            foreach (var repository in _catalogue.Entries.Select(e => e.Snapshot))
                foreach (var tag in repository.Tags.Values)
                {
                    var top = Digest.Parse(tag.Digest);
                    used.Add(top);
                    foreach (var stem in _stems.GetOrAdd(top, d => [.. StemsOf(repository.Name, d)]))
                        all.Add((stem.Key, new TaggedImage(repository.Name, tag.Name, top, stem.Manifest)));
                }
            foreach (var gone in _stems.Keys.Where(d => !used.Contains(d))) _stems.TryRemove(gone, out _);
            _version = version;
            return _table = all.ToLookup(a => a.Key, a => a.Image, StringComparer.Ordinal);
        }
    }

    private IEnumerable<Stem> StemsOf(string repository, Digest top)
    {
        if (_registry.FindManifest(repository, top.ToString()) is not { } found) return [];
        try
        {
            if (!MediaTypes.IsIndex(found.MediaType)) return StemOf(found) is { } stem ? [stem] : [];
            return [.. ImageIndex.Parse(found.Content.Span).Manifests.Where(m => MediaTypes.IsManifest(m.MediaType)).Select(m => m.Digest).Distinct()
                .Select(d => _registry.FindManifest(repository, d.ToString())).OfType<RegistryManifest>().Select(StemOf).OfType<Stem>()];
        }
        catch (DocumentException)
        {
            return []; // what cannot be read is nobody's base
        }
    }

    private static Stem? StemOf(RegistryManifest manifest)
    {
        var document = Manifest.Parse(manifest.Content.Span);
        if (document.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig) || document.Layers.Count == 0) return null;
        return new Stem(Keys([.. document.Layers.Select(l => l.Digest)]).Last(), manifest.Digest);
    }

    /// <summary>For each layer, a name for it and all below it.</summary>
    private static IEnumerable<string> Keys(IReadOnlyList<Digest> layers)
    {
        var key = "";
        foreach (var layer in layers) yield return key = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes($"{key}\n{layer}")).AsSpan(0, 16));
    }

    private sealed record Stem(string Key, Digest Manifest);
}
