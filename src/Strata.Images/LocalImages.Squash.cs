using System.Globalization;
using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Editing;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Makes an image with the same files whose layers are one: what upper layers hide is gone from it. The same image gives the same result.
    /// </summary>
    /// <param name="from">The lowest layer that is merged, by its position from 0 or the beginning of its digest; null merges all.</param>
    /// <param name="target">The new image's name; null gives it the image's own.</param>
    /// <exception cref="ImageException">There is nothing to merge, or a layer is damaged.</exception>
    public Task<SquashedImage> SquashAsync(string nameOrId, string? from, Reference? target, CancellationToken cancellationToken) =>
        SquashAsync(nameOrId, from, target, platform: null, cancellationToken);

    /// <summary>The same of one platform, where the name leads to several; null is this machine's.</summary>
    /// <inheritdoc cref="SquashAsync(string, string?, Reference?, CancellationToken)"/>
    public async Task<SquashedImage> SquashAsync(string nameOrId, string? from, Reference? target, Platform? platform, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var image = Documents(new ImageResolver(store).Resolve(nameOrId)[0], nameOrId, platform);
        MarkUsed(image.Entry.Manifest.Digest);
        if (target is null && image.Entry.Name is null)
            throw new ImageException($"{nameOrId} has no name that the new image could take over", "give it one with -t NAME:TAG");
        var first = from is null ? 0 : PositionOf(image, from);
        var merged = image.Manifest.Layers.Count - first;
        if (merged < 2) throw new ImageException($"there is nothing to squash: {nameOrId} has {merged} layer{(merged == 1 ? "" : "s")} from there", $"`strata layers {nameOrId}` shows them");
        WrittenLayer layer;
        try
        {
            layer = await new LayerMerger(store, [.. image.Manifest.Layers.Zip(image.Config.RootFs.DiffIds)], first).MergeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is LayerException or ContentMismatchException or ContentMissingException or InvalidDataException)
        {
            throw new ImageException($"{nameOrId} is damaged: {e.Message}", "fetch what is missing with: strata repair", e);
        }
        await _pass.CatchUpAsync(layer.Descriptor, layer.DiffId, cancellationToken).ConfigureAwait(false);
        var config = image.Config with
        {
            RootFs = image.Config.RootFs with { DiffIds = [.. image.Config.RootFs.DiffIds.Take(first), layer.DiffId] },
            History = [.. Squashed(image.Config, first), new HistoryEntry
            {
                Created = image.Config.Created,
                CreatedBy = "strata squash",
                Comment = string.Create(CultureInfo.InvariantCulture, $"{merged} layers merged into one"),
            }],
        };
        Descriptor[] layers = [.. image.Manifest.Layers.Take(first).Select(LayerTypes.ToOci), layer.Descriptor];
        var made = await WriteImageAsync(config, layers, image.Manifest.Annotations, target ?? image.Entry.Name, cancellationToken).ConfigureAwait(false);
        return new SquashedImage(made, merged, image.Manifest.Layers.Skip(first).Sum(l => l.Size), layer.Descriptor.Size);
    }

    private static int PositionOf(ImageDocuments image, string from)
    {
        var layers = image.Manifest.Layers;
        if (int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < layers.Count) return position;
        var hex = from.StartsWith("sha256:", StringComparison.Ordinal) ? from["sha256:".Length..] : from;
        for (var i = 0; i < layers.Count; i++)
            if (hex.Length >= 4 && (layers[i].Digest.Hex.StartsWith(hex, StringComparison.Ordinal) || image.Config.RootFs.DiffIds[i].Hex.StartsWith(hex, StringComparison.Ordinal))) return i;
        throw new ImageException($"{image.Name} has no layer {from}", $"it has the layers 0 to {layers.Count - 1}: `strata layers {image.Name}` shows them");
    }

    /// <summary>The steps stay in the history; those whose layers were merged have none of their own any more.</summary>
    private static IEnumerable<HistoryEntry> Squashed(ImageConfig config, int first)
    {
        var layers = 0;
        foreach (var step in config.History ?? [])
            yield return step.EmptyLayer || layers++ < first ? step : step with { EmptyLayer = true };
    }
}
