using System.Collections.Concurrent;
using Strata.Build.Cache;
using Strata.Build.Cache.Exchange;
using Strata.Build.Dockerfiles;
using Strata.Build.Trees;
using Strata.Content;
using Strata.Images;
using Strata.Layers;

namespace Strata.Build.Graph;

/// <summary>What all stages of one build share.</summary>
internal sealed class BuildSession(ContentStore store, LocalImages images, TimeProvider clock, BuildOptions options, IBuildProgress? progress) : IDisposable
{
    public ContentStore Store => store;

    public LocalImages Images => images;

    public BuildOptions Options => options;

    public BuildCache Cache { get; } = new(store, clock);

    public required StatCache Digests { get; init; }

    public required WorkFolder Work { get; init; }

    /// <summary>What this build made, for those it is handed on to.</summary>
    public CacheExport Export => field ??= new CacheExport(this);

    /// <summary>What others handed on.</summary>
    public IReadOnlyList<CacheImport> Imports { get; set; } = [];

    /// <summary>What came from elsewhere: addresses, and digests where they are known.</summary>
    public ConcurrentDictionary<string, string> Materials { get; } = new(StringComparer.Ordinal);

    /// <summary>One failed step at a time is shown.</summary>
    public SemaphoreSlim Showing { get; } = new(1);

    public StepLog Steps { get; } = new(progress, clock);

    public required BuildContext Context { get; init; }

    public required ParsedDockerfile Dockerfile { get; init; }

    public required BaseImages Bases { get; init; }

    public WordExpander Expander => new(Dockerfile.Escape);

    /// <summary>What is known of a step here, or in a cache that was handed on.</summary>
    public async Task<CacheRecord?> FindStepAsync(string key, CancellationToken cancellationToken)
    {
        if (Cache.Find(key) is { } known) return known;
        foreach (var import in Imports)
            if (await import.FindAsync(key, cancellationToken).ConfigureAwait(false) is { } handed) return handed;
        return null;
    }

    /// <summary>The files of layers that are in the store.</summary>
    public async Task<ImageTree> TreeAsync(IReadOnlyList<BuiltLayer> layers, CancellationToken cancellationToken)
    {
        var indexes = new List<LayerIndex>();
        foreach (var layer in layers)
        {
            if (LayerIndex.TryLoad(store.Layers, layer.DiffId) is not { } index)
            {
                await images.PrepareLayerAsync(layer.Descriptor, layer.DiffId, unpack: false, cancellationToken).ConfigureAwait(false);
                index = LayerIndex.TryLoad(store.Layers, layer.DiffId) ?? throw new BuildException($"the index of layer {layer.Descriptor.Digest.Short} cannot be read", "run it again: it is made anew");
            }
            indexes.Add(index);
        }
        return new ImageTree(store, layers, new LayeredTree(indexes), Work);
    }

    public void Dispose()
    {
        Digests.Save();
        Showing.Dispose();
        Context.Dispose();
        Work.Dispose();
    }
}
