using Strata.Build.Cache;
using Strata.Build.Graph;
using Strata.Build.Trees;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Build.Steps;

/// <summary>The layers of an image in the compression that was asked for: those that are in another one are written anew, once.</summary>
internal sealed class LayerForms(BuildSession session)
{
    public async Task<IReadOnlyList<Descriptor>> OfAsync(IReadOnlyList<BuiltLayer> layers, CancellationToken cancellationToken)
    {
        if (session.Options.Compression is not { } wanted) return [.. layers.Select(l => l.Descriptor)];
        var forms = new List<Descriptor>();
        foreach (var layer in layers) forms.Add(IsRight(layer, wanted) ? layer.Descriptor : await ChangeAsync(layer, wanted, cancellationToken).ConfigureAwait(false));
        return forms;
    }

    private bool IsRight(BuiltLayer layer, LayerCompression wanted) => layer.Form is { } form
        ? form == wanted.ToString()
        : !session.Options.ForcesCompression || (wanted.Level is null && layer.Descriptor.MediaType == wanted.MediaType);

    private async Task<Descriptor> ChangeAsync(BuiltLayer layer, LayerCompression wanted, CancellationToken cancellationToken)
    {
        using var key = new CacheKey();
        var name = key.Add("form").Add(layer.Descriptor.Digest.ToString()).Add(wanted.ToString()).Finish();
        if (session.Cache.Find(name) is { } known) return known.Layer;
        var changed = await LayerRecompressor.RunAsync(session.Store, layer.Descriptor, layer.DiffId, wanted, cancellationToken).ConfigureAwait(false);
        session.Cache.Keep(name, new CacheRecord { Layer = changed, DiffId = layer.DiffId, Instruction = "compression", Parent = "", Form = wanted.ToString() });
        return changed;
    }
}
