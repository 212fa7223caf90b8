using Strata.Hub.Pages.Addresses;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Server;

namespace Strata.Hub.Pages.Images;

/// <summary>Finds the image that an address leads to, in a repository that the visitor may see.</summary>
internal sealed class ImageFinder(IRegistryContent registry, ContentFacts facts)
{
    private const int MostTags = 20;

    /// <summary>What is shown of several platforms unless told: what most people have.</summary>
    private static readonly Platform Usual = new() { Os = "linux", Architecture = "amd64" };

    /// <summary>Null where there is no such tag, digest or platform, or what is there cannot be read.</summary>
    public async ValueTask<FoundImage?> FindAsync(HubRepository repository, PageAddress address, string? platform, string host, CancellationToken cancellationToken)
    {
        if (registry.FindManifest(repository.Name, address.Reference) is not { } top) return null;
        try
        {
            var index = MediaTypes.IsIndex(top.MediaType) ? ImageIndex.Parse(top.Content.Span) : null;
            IReadOnlyList<Descriptor> images = index is null ? [] : [.. PlatformChoice.Images(index).DistinctBy(m => m.Digest)];
            if (Choose(repository.Name, top, index, images, platform) is not { } chosen) return null;
            var manifest = Manifest.Parse(chosen.Content.Span);
            var tags = repository.Tags.Values.Where(t => t.Digest == top.Digest.ToString()).Select(t => t.Name).OrderByDescending(t => t == address.Tag).Take(MostTags).ToArray();
            var found = new FoundImage
            {
                Repository = repository,
                Address = address,
                Top = top.Digest,
                Platforms = images,
                Index = index,
                Manifest = manifest,
                ManifestDigest = chosen.Digest,
                Tags = tags,
                Chosen = images.Count > 1 ? platform : null,
            };
            var config = await ConfigAsync(repository.Name, manifest, cancellationToken);
            return config is null ? found : found with { Image = Details(found, config, chosen, host) };
        }
        catch (DocumentException)
        {
            return null;
        }
    }

    /// <summary>The config of an image; null for what is none.</summary>
    public async ValueTask<ImageConfig?> ConfigAsync(string repository, Manifest manifest, CancellationToken cancellationToken)
    {
        if (manifest.Config.MediaType is not (MediaTypes.OciConfig or MediaTypes.DockerConfig)) return null;
        if (await registry.ReadBlobAsync(repository, manifest.Config.Digest, ImageConfig.MaxBytes, cancellationToken) is not { } bytes) return null;
        var config = ImageConfig.Parse(bytes);
        return config.RootFs.DiffIds.Count == manifest.Layers.Count ? config : null;
    }

    private RegistryManifest? Choose(string repository, RegistryManifest top, ImageIndex? index, IReadOnlyList<Descriptor> images, string? platform)
    {
        if (index is null) return MediaTypes.IsManifest(top.MediaType) ? top : null;
        // A mirror has of an index only what somebody pulled.
        var here = images.Select(m => (Entry: m, Found: registry.FindManifest(repository, m.Digest.ToString()))).Where(m => m.Found is not null).ToArray();
        if (platform is not null)
            return Array.Find(here, m => m.Entry.Platform?.ToString() == platform || m.Entry.Digest.ToString() == platform).Found;
        var usual = PlatformChoice.Of(new ImageIndex { Manifests = [.. here.Select(m => m.Entry)] }, Usual);
        return Array.Find(here, m => m.Entry == usual).Found ?? here.FirstOrDefault().Found;
    }

    private ImageDetails Details(FoundImage found, ImageConfig config, RegistryManifest manifest, string host)
    {
        var layers = found.Manifest.Layers;
        return new ImageDetails
        {
            Id = found.Manifest.Config.Digest,
            ManifestDescriptor = new Descriptor { MediaType = manifest.MediaType, Digest = manifest.Digest, Size = manifest.Content.Length },
            Manifest = found.Manifest,
            Config = config,
            IndexAnnotations = found.Index?.AnnotationsOf(manifest.Digest),
            Names = [.. found.Tags.Select(t => NameOf(host, found.Repository.Name, ":" + t)).OfType<Reference>()],
            RepoDigests = [.. new[] { found.Top, manifest.Digest }.Distinct().Select(d => NameOf(host, found.Repository.Name, "@" + d)).OfType<Reference>()],
            Layers = LayerDetails.Of(found.Manifest, config, [.. layers.Select(l => facts.IndexOf(l.Digest)?.ContentSize)], new(() => Changes(manifest.Digest, layers.Count))),
        };
    }

    private IReadOnlyList<FileChanges?> Changes(Digest manifest, int layers) =>
        facts.ChangesOf(manifest) is { } known && known.Count == layers ? [.. known] : new FileChanges?[layers];

    public static Reference? NameOf(string host, string repository, string reference) =>
        Reference.TryParse($"{host}/{repository}{reference}", out var name) ? name : null;
}
