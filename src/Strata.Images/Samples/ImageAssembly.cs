using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Samples;

/// <summary>Puts layers, history and a config together to an image, on top of another one or of nothing.</summary>
internal sealed class ImageAssembly(ContentStore store, TimeProvider clock)
{
    public ContentStore Store => store;

    public DateTimeOffset Now { get; } = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>The steps in order: those with a layer, and those that only change the config.</summary>
    public async Task<Descriptor> AssembleAsync(
        Descriptor? parent, IReadOnlyList<Step> steps, Func<ContainerConfig, ContainerConfig> configure, CancellationToken cancellationToken)
    {
        var below = parent is null ? null : Manifest.Parse(store.ReadDocument(parent.Digest, Manifest.MaxBytes));
        var config = below is null ? Empty() : ImageConfig.Parse(store.ReadDocument(below.Config.Digest, ImageConfig.MaxBytes));
        var layers = steps.Select(s => s.Layer).OfType<WrittenLayer>().ToArray();
        config = config with
        {
            Created = Now,
            Config = configure(config.Config ?? new ContainerConfig()),
            RootFs = config.RootFs with { DiffIds = [.. config.RootFs.DiffIds, .. layers.Select(l => l.DiffId)] },
            History = [.. config.History ?? [], .. steps.Select(s => new HistoryEntry { Created = Now, CreatedBy = s.Instruction, EmptyLayer = s.Layer is null })],
        };
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), cancellationToken).ConfigureAwait(false),
            Layers = [.. below?.Layers ?? [], .. layers.Select(l => l.Descriptor)],
        };
        return await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The annotations that registries and people read, as labels.</summary>
    public IReadOnlyDictionary<string, string> Labels(SampleImage sample, string version, string licenses, Descriptor? parent = null)
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["org.opencontainers.image.created"] = Now.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["org.opencontainers.image.description"] = sample.Description,
            ["org.opencontainers.image.licenses"] = licenses,
            ["org.opencontainers.image.title"] = sample.Title,
            ["org.opencontainers.image.vendor"] = "Strata samples",
            ["org.opencontainers.image.version"] = version,
        };
        if (parent is not null)
        {
            labels["org.opencontainers.image.base.digest"] = parent.Digest.ToString();
            labels["org.opencontainers.image.base.name"] = SampleImage.Debian.ToString();
        }
        return labels;
    }

    private static ImageConfig Empty() => new()
    {
        Architecture = Platform.Host.Architecture,
        Os = Platform.Host.Os,
        RootFs = new RootFs { DiffIds = [] },
    };

    /// <param name="Layer">Null for a step that changes the config only.</param>
    internal sealed record Step(string Instruction, WrittenLayer? Layer = null);
}
