using System.IO.Compression;
using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers.Tar;
using Strata.Layers.Writing;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>Writes layers: tar, compression and both digests in one pass, straight into the store.</summary>
public static class LayerWriter
{
    /// <summary>
    /// When this returns, the layer is in the store under its digest. Hold a lease of the store until something names it.
    /// </summary>
    public static WrittenLayer FromFolder(ContentStore store, string folder, FolderLayerOptions options, CancellationToken cancellationToken)
    {
        using var ingest = store.Ingest();
        using var diffHash = DigestAlgorithm.Sha256.StartHash();
        using (var output = new LayerOutput(ingest.AsStream(), options.Compression, CompressionLevel.Optimal))
        using (var buffered = new BufferedStream(new HashingStream(output, diffHash), 256 * 1024))
        {
            var tar = new TarWriter(buffered);
            new FolderLayer(folder, options, tar).Write(cancellationToken);
            tar.Finish();
            buffered.Flush();
            output.Finish();
        }
        var digest = ingest.Commit();
        var descriptor = new Descriptor { MediaType = options.Compression.MediaType, Digest = digest, Size = ingest.Length };
        return new WrittenLayer(descriptor, Digest.FromHash(diffHash.GetHashAndReset()));
    }

    private sealed class HashingStream(Stream inner, IncrementalHash hash) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }
    }
}

/// <summary>A layer that was written: the blob, and the digest of its uncompressed tar.</summary>
public sealed record WrittenLayer(Descriptor Descriptor, Digest DiffId);
