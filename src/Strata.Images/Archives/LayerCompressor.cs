using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>
/// Takes the bytes of an uncompressed layer and puts them into the store compressed with gzip, computing both digests on the way. The same
/// tar gives the same layer.
/// </summary>
internal sealed class LayerCompressor : WriteOnlyStream
{
    private readonly BlobIngest _ingest;
    private readonly IncrementalHash _diffHash = DigestAlgorithm.Sha256.StartHash();
    private readonly ParallelGzip _gzip;

    public LayerCompressor(ContentStore store)
    {
        _ingest = store.Ingest();
        _gzip = new ParallelGzip(_ingest.AsStream());
    }

    /// <summary>Uncompressed bytes so far.</summary>
    public long Taken { get; private set; }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Taken += buffer.Length;
        _diffHash.AppendData(buffer);
        _gzip.Write(buffer);
    }

    /// <summary>When this returns, the layer is in the store. Hold a lease until something names it.</summary>
    /// <param name="expected">The diffID that the tar must have; null takes any.</param>
    /// <exception cref="ContentMismatchException">It has another. Nothing is kept.</exception>
    public WrittenLayer Commit(Digest? expected)
    {
        _gzip.Finish();
        var diffId = Digest.FromHash(_diffHash.GetHashAndReset());
        if (expected is { } promised && promised != diffId)
            throw new ContentMismatchException($"the layer's uncompressed content should be {promised} and is {diffId}");
        var digest = _ingest.Commit();
        return new WrittenLayer(new Descriptor { MediaType = MediaTypes.OciLayerGzip, Digest = digest, Size = _ingest.Length }, diffId);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
            _diffHash.Dispose();
            _ingest.Dispose();
        }
        base.Dispose(disposing);
    }
}
