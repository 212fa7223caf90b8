using System.Collections.Concurrent;
using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Images;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>The images that stages begin from or copy from: of the store, or pulled when they are not there. Each is looked up once a build.</summary>
internal sealed class BaseImages(LocalImages images, BuildOptions options, IEnumerable<string> stages)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ImageDetails>>> _found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _used = new(StringComparer.Ordinal);

    /// <param name="platform">Null where nobody asked for one: then what is there is taken.</param>
    /// <exception cref="BuildException">There is no such image, neither here nor in its registry.</exception>
    public Task<ImageDetails> GetAsync(string name, Platform? platform, CancellationToken cancellationToken) =>
        _found.GetOrAdd($"{name} {platform}", _ => new Lazy<Task<ImageDetails>>(() => FindAsync(name, platform, cancellationToken))).Value;

    /// <summary>Those that were found, by address, with the digests of their manifests.</summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    public static List<BuiltLayer> LayersOf(ImageDetails image) => [.. image.Layers.Select(l => new BuiltLayer(AsOci(l.Descriptor), l.DiffId))];

    private async Task<ImageDetails> FindAsync(string name, Platform? platform, CancellationToken cancellationToken)
    {
        try
        {
            if (options.OnlyCached) return images.Inspect(name, platform);
            var found = await images.FindOrPullAsync(name, platform, options.Pull, cancellationToken).ConfigureAwait(false);
            _used[$"docker-image://{name}"] = found.ManifestDescriptor.Digest.ToString();
            return found;
        }
        catch (ImageException e)
        {
            throw new BuildException($"{name}: {e.Message}", Advice(name) ?? e.Advice, e);
        }
    }

    private string? Advice(string name)
    {
        var known = stages.Concat(images.List().Select(i => i.Name?.Familiar).OfType<string>()).ToArray();
        return (Suggestion.Nearest(name, known) ?? Suggestion.Nearest(name + ":latest", known)) is { } near ? $"did you mean {near}?" : null;
    }

    /// <summary>The manifests that are written here are OCI's; the same bytes have OCI's names in them.</summary>
    private static Descriptor AsOci(Descriptor layer) => layer.MediaType == MediaTypes.DockerLayerGzip ? layer with { MediaType = MediaTypes.OciLayerGzip } : layer;
}
