using System.Buffers;
using Strata.Layers.Reading;
using Strata.Layers.Tar;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>Reads a layer once, from its first byte to its last, and shows what is in it to visitors while it passes.</summary>
public static class LayerReader
{
    private const int BufferSize = 256 * 1024;

    /// <summary>
    /// Reads <paramref name="compressed"/> to its very end, so that a digest that is checked there is always checked. When this returns, the
    /// uncompressed content has the digest <paramref name="diffId"/>, and the visitors have seen all of it.
    /// </summary>
    /// <param name="compressed">The blob: a tar, plain or compressed with gzip or zstd.</param>
    /// <param name="diffId">The digest of the uncompressed tar, as the config promises it.</param>
    /// <param name="visitors">Shown each entry, in turn.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LayerException">The layer is no tar, is broken, or has another diffID.</exception>
    public static async Task ReadAsync(
        Stream compressed, Digest diffId, IReadOnlyList<ILayerVisitor> visitors, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        using var hash = diffId.Algorithm.StartHash();
        try
        {
            var scanner = new TarScanner(visitors);
            var tar = await Decompression.OpenAsync(compressed, cancellationToken).ConfigureAwait(false);
            await using (tar.ConfigureAwait(false))
            {
                int n;
                while ((n = await tar.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false)) > 0)
                {
                    hash.AppendData(buffer, 0, n);
                    scanner.Push(buffer.AsSpan(0, n));
                }
            }
            // A decompressor stops where its format ends; what the blob has behind that counts for its digest, too.
            while (await compressed.ReadAsync(buffer.AsMemory(0, BufferSize), cancellationToken).ConfigureAwait(false) > 0)
            {
            }
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
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
