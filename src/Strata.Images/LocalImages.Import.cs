using Strata.Content;
using Strata.Images.Archives;
using Strata.Images.Editing;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images;

public sealed partial class LocalImages
{
    /// <summary>
    /// Makes an image of one layer from the tar of a root file system, plain or compressed with gzip or zstd. Compressed content becomes the
    /// layer as it is. When this returns, the image is whole, and its name leads to it.
    /// </summary>
    /// <param name="source">The tar; is read once, and disposed.</param>
    /// <param name="name">The image's name; null leaves it without one.</param>
    /// <exception cref="ImageException">It is no tar, or a change is none; names are as they were.</exception>
    public async Task<LoadedImage> ImportAsync(
        Stream source, Reference? name, ImportOptions options, IProgress<TransferProgress>? progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var config = options.Changes.Aggregate(new ContainerConfig(), ConfigChange.Apply);
        progress?.Report(TransferProgress.Resolving);
        var layer = await TakeInTarAsync(source, options.ShownAs, cancellationToken).ConfigureAwait(false);
        try
        {
            await _pass.CatchUpAsync(layer.Descriptor, layer.DiffId, cancellationToken).ConfigureAwait(false);
        }
        catch (ImageException e)
        {
            throw new ImageException($"{options.ShownAs} is no root file system: {e.Message}", "import takes a tar of files; an archive of images is read by `strata load`", e);
        }
        var now = DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());
        var platform = options.Platform ?? Platform.Host;
        var image = new ImageConfig
        {
            Created = now,
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            Config = config,
            RootFs = new RootFs { DiffIds = [layer.DiffId] },
            History = [new HistoryEntry { Created = now, Comment = options.Message ?? $"Imported from {options.ShownAs}" }],
        };
        return await WriteImageAsync(image, [layer.Descriptor], annotations: null, name, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes a config and a manifest for layers that are in the store, and names the image.</summary>
    private async Task<LoadedImage> WriteImageAsync(
        ImageConfig config, IReadOnlyList<Descriptor> layers, IReadOnlyDictionary<string, string>? annotations, Reference? name, CancellationToken cancellationToken)
    {
        var manifest = new Manifest
        {
            MediaType = MediaTypes.OciManifest,
            Config = await store.AddDocumentAsync(MediaTypes.OciConfig, config.ToBytes(), cancellationToken).ConfigureAwait(false),
            Layers = layers,
            Annotations = annotations,
        };
        var descriptor = await store.AddDocumentAsync(MediaTypes.OciManifest, manifest.ToBytes(), cancellationToken).ConfigureAwait(false);
        if (name is null) ImageNames.Keep(store, descriptor);
        else ImageNames.Set(store, new NamedImage(name, descriptor, RegistryDigest: null));
        return new LoadedImage(manifest.Config.Digest, descriptor.Digest, name is null ? [] : [name]);
    }

    private async Task<WrittenLayer> TakeInTarAsync(Stream source, string shownAs, CancellationToken cancellationToken)
    {
        var peeked = new PeekedStream(source);
        await using (peeked.ConfigureAwait(false))
        {
            var compression = await peeked.PeekAsync(cancellationToken).ConfigureAwait(false);
            if (compression is not (Compression.Gzip or Compression.Zstd)) return await CompressTarAsync(compression.Open(peeked, shownAs), shownAs, cancellationToken).ConfigureAwait(false);
            using var ingest = store.Ingest();
            using var hash = DigestAlgorithm.Sha256.StartHash();
            var buffer = new byte[256 * 1024];
            var tee = new TeeStream(peeked, ingest);
            var end = new GzipEnd();
            try
            {
                var plain = compression.Open(tee, shownAs);
                await using (plain.ConfigureAwait(false))
                {
                    for (int n; (n = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
                    {
                        hash.AppendData(buffer, 0, n);
                        end.Add(buffer.AsSpan(0, n));
                    }
                    // What lies behind the compressed content belongs to the blob, too.
                    while (await tee.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) > 0)
                    {
                    }
                }
            }
            catch (Exception e) when (e is InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
            {
                throw new ImageException($"{shownAs} cannot be read: its compressed data is broken: {e.Message}", "nothing of it was kept; make the file again", e);
            }
            if (compression == Compression.Gzip && !end.IsWhole(tee.LastBytes))
                throw new ImageException($"{shownAs} is cut off", "nothing of it was kept; make the file again");
            var digest = ingest.Commit();
            var type = compression == Compression.Gzip ? MediaTypes.OciLayerGzip : MediaTypes.OciLayerZstd;
            return new WrittenLayer(new Descriptor { MediaType = type, Digest = digest, Size = ingest.Length }, Digest.FromHash(hash.GetHashAndReset()));
        }
    }

    private async Task<WrittenLayer> CompressTarAsync(Stream plain, string shownAs, CancellationToken cancellationToken)
    {
        var compressor = new LayerCompressor(store);
        await using (compressor.ConfigureAwait(false))
        {
            var buffer = new byte[256 * 1024];
            for (int n; (n = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) compressor.Write(buffer.AsSpan(0, n));
            if (compressor.Taken == 0) throw new ImageException($"{shownAs} is empty", "check what was to write it");
            return compressor.Commit(expected: null);
        }
    }

    /// <summary>Writes what passes to the store, too.</summary>
    private sealed class TeeStream(Stream source, BlobIngest ingest) : ReadOnlyStream
    {
        private uint _last;

        /// <summary>The last four bytes that passed, as a number: the size that a gzip file ends with.</summary>
        public uint LastBytes => _last;

        public override int Read(Span<byte> buffer)
        {
            var n = source.Read(buffer);
            if (n > 0) ingest.Write(buffer[..n]);
            Note(buffer[..n]);
            return n;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (n > 0) await ingest.WriteAsync(buffer[..n], cancellationToken).ConfigureAwait(false);
            Note(buffer.Span[..n]);
            return n;
        }

        private void Note(ReadOnlySpan<byte> bytes)
        {
            foreach (var b in bytes.Length > 4 ? bytes[^4..] : bytes) _last = (_last >> 8) | ((uint)b << 24);
        }
    }
}
