using System.IO.Compression;
using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers.Reading;
using Strata.Layers.Writing;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>The same layer in another compression: its diffID, its files and its index stay.</summary>
public static class LayerRecompressor
{
    /// <summary>When this returns, the layer is in the store in that form, too. Hold a lease of the store until something names it.</summary>
    /// <exception cref="ContentMismatchException">The blob is not the layer that it should be. Nothing is kept.</exception>
    public static async Task<Descriptor> RunAsync(ContentStore store, Descriptor layer, Digest diffId, LayerCompression compression, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var ingest = store.Ingest();
        using var output = new LayerOutput(ingest.AsStream(), compression, CompressionLevel.Optimal);
        var blob = store.OpenBlob(layer.Digest);
        await using (blob.ConfigureAwait(false))
        {
            var plain = await Decompression.OpenAsync(blob, cancellationToken).ConfigureAwait(false);
            await using (plain.ConfigureAwait(false))
            {
                var buffer = new byte[256 * 1024];
                for (int n; (n = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                {
                    hash.AppendData(buffer, 0, n);
                    output.Write(buffer.AsSpan(0, n));
                }
            }
        }
        output.Finish();
        if (Digest.FromHash(hash.GetHashAndReset()) is var found && found != diffId) throw new ContentMismatchException($"layer {layer.Digest.Short} should unpack to {diffId} and is {found}");
        return new Descriptor { MediaType = compression.MediaType, Digest = ingest.Commit(), Size = ingest.Length };
    }
}
