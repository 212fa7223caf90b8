using Strata.Layers.Reading;
using Strata.Layers.Tar;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>Reads a layer once, from its first byte to its last, and shows what is in it to visitors while it passes.</summary>
public static partial class LayerReader
{
    /// <inheritdoc cref="ReadAsync(Stream, Digest, IReadOnlyList{ILayerVisitor}, LayerLimits, CancellationToken)"/>
    public static Task ReadAsync(Stream compressed, Digest diffId, IReadOnlyList<ILayerVisitor> visitors, CancellationToken cancellationToken) =>
        ReadAsync(compressed, diffId, visitors, LayerLimits.Default, cancellationToken);

    /// <summary>
    /// Reads <paramref name="compressed"/> to its very end, so that a digest that is checked there is always checked. When this returns,
    /// the
    /// uncompressed content has the digest <paramref name="diffId"/>, and the visitors have seen all of it. Inflating and hashing go on
    /// beside
    /// the visitors' work, in memory of 2 MiB whatever the size of the layer.
    /// </summary>
    /// <param name="compressed">The blob: a tar, plain or compressed with gzip or zstd. It stays open.</param>
    /// <param name="diffId">The digest of the uncompressed tar, as the config promises it.</param>
    /// <param name="visitors">Shown each entry, in turn, by one thread at a time. What they made must be thrown away when this
    /// throws.</param>
    /// <param name="limits">What the layer may ask for.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LayerException">The layer is no tar, is broken, goes beyond the limits, or has another diffID.</exception>
    public static async Task ReadAsync(
        Stream compressed, Digest diffId, IReadOnlyList<ILayerVisitor> visitors, LayerLimits limits, CancellationToken cancellationToken)
    {
        var scanner = new TarScanner(visitors, limits);
        try
        {
            using var hash = diffId.Algorithm.StartHash();
            await BufferRing.PassAsync(compressed, hash, scanner, cancellationToken).ConfigureAwait(false);
            var found = Digest.FromHash(hash.GetHashAndReset(), diffId.Algorithm);
            if (found != diffId) throw new LayerException($"the layer's uncompressed content should be {diffId} and is {found}");
            scanner.Finish();
        }
        catch (TarException e)
        {
            throw new LayerException(e.Message, e);
        }
        catch (Exception e) when (e is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new LayerException($"the layer's compressed data is broken: {e.Message}", e);
        }
    }
}
