using System.IO.Compression;
using System.Security.Cryptography;
using Strata.Content;
using Strata.Layers.Tar;
using Strata.Layers.Writing;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>
/// Writes a layer entry by entry: tar, compression, both digests and the index in one pass, straight into the store. For one thread at a time.
/// Dispose without <see cref="Commit"/>, and nothing is left.
/// </summary>
public sealed class LayerBuilder : IDisposable
{
    private readonly ContentStore _store;
    private readonly BlobIngest _ingest;
    private readonly IncrementalHash _diffHash = DigestAlgorithm.Sha256.StartHash();
    private readonly LayerOutput _output;
    private readonly LayerCompression _compression;
    private readonly BufferedStream _buffered;
    private readonly Counter _counter;
    private readonly TarWriter _tar;
    private readonly LayerIndexer _index = new();
    private readonly byte[] _content = new byte[128 * 1024];

    /// <param name="level">Of gzip where <paramref name="compression"/> leaves it open.</param>
    public LayerBuilder(ContentStore store, LayerCompression compression, CompressionLevel level)
    {
        (_store, _compression) = (store, compression);
        _ingest = store.Ingest();
        _output = new LayerOutput(_ingest.AsStream(), compression, level);
        _buffered = new BufferedStream(new Tee(_output, _diffHash), 256 * 1024);
        _counter = new Counter(_buffered);
        _tar = new TarWriter(_counter);
    }

    /// <summary>Adds what has no content. Entries come in the order in which they shall stand in the tar, folders before what is in them.</summary>
    public void Add(LayerEntry entry)
    {
        var whole = entry with { Size = 0 };
        _tar.Begin(whole, whole.Xattrs);
        _index.Enter(Placed(whole));
    }

    /// <summary>Adds a file with exactly its size.</summary>
    /// <exception cref="IOException">The content is shorter than the entry says.</exception>
    public void AddFile(LayerEntry entry, Stream content)
    {
        _tar.Begin(entry, entry.Xattrs);
        var isShown = _index.Enter(Placed(entry));
        for (var left = entry.Size; left > 0;)
        {
            var n = content.Read(_content, 0, (int)Math.Min(left, _content.Length));
            if (n == 0) throw new IOException($"{EntryPath.Visible(entry.Path)} became shorter while it was read");
            _tar.Output.Write(_content, 0, n);
            if (isShown) _index.Content(_content.AsSpan(0, n));
            left -= n;
        }
        if (isShown) _index.Leave();
    }

    /// <summary>
    /// When this returns, the layer is in the store under its digest, and its index beside. Hold a lease of the store until something names it.
    /// </summary>
    public WrittenLayer Commit()
    {
        _tar.Finish();
        _buffered.Flush();
        _output.Finish();
        var digest = _ingest.Commit();
        var diffId = Digest.FromHash(_diffHash.GetHashAndReset());
        _index.Save(_store.Layers, diffId);
        return new WrittenLayer(new Descriptor { MediaType = _compression.MediaType, Digest = digest, Size = _ingest.Length }, diffId);
    }

    public void Dispose()
    {
        _output.Dispose();
        _diffHash.Dispose();
        _index.Dispose();
        _ingest.Dispose();
    }

    /// <summary>What a reader of the tar finds: where the content begins.</summary>
    private LayerEntry Placed(LayerEntry entry) => entry with { Offset = _counter.Written };

    private sealed class Tee(Stream inner, IncrementalHash hash) : WriteOnlyStream
    {
        public override void Write(ReadOnlySpan<byte> buffer)
        {
            hash.AppendData(buffer);
            inner.Write(buffer);
        }
    }

    private sealed class Counter(Stream inner) : WriteOnlyStream
    {
        public long Written { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Written += buffer.Length;
            inner.Write(buffer);
        }
    }
}
