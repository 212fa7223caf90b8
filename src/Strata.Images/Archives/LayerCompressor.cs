using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Archives;

/// <summary>
/// Takes the bytes of an uncompressed layer and puts them into the store compressed with gzip, computing both digests on the way. The same
/// tar gives the same layer.
/// </summary>
internal sealed class LayerCompressor : Stream
{
    private readonly BlobIngest _ingest;
    private readonly IncrementalHash _diffHash = DigestAlgorithm.Sha256.StartHash();
    private readonly ParallelGzip _gzip;

    public LayerCompressor(ContentStore store)
    {
        _ingest = store.Ingest();
        _gzip = new ParallelGzip(new IngestStream(_ingest));
    }

    /// <summary>Uncompressed bytes so far.</summary>
    public long Taken { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Taken += buffer.Length;
        _diffHash.AppendData(buffer);
        _gzip.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

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

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

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

    private sealed class IngestStream(BlobIngest ingest) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Write(ReadOnlySpan<byte> buffer) => ingest.Write(buffer);

        public override void Write(byte[] buffer, int offset, int count) => ingest.Write(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
