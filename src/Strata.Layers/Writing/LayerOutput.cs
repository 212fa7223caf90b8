using System.IO.Compression;
using Strata.Content;

namespace Strata.Layers.Writing;

/// <summary>Where the tar of a layer goes: compressed, to a blob. For one thread at a time.</summary>
internal sealed class LayerOutput : WriteOnlyStream
{
    private const int ZstdLevel = 3;
    private readonly Stream _output;
    private readonly ParallelGzip? _gzip;
    private readonly ZstdSharp.CompressionStream? _zstd;

    /// <param name="level">Of gzip where <paramref name="compression"/> leaves it open.</param>
    public LayerOutput(Stream output, LayerCompression compression, CompressionLevel level)
    {
        _output = output;
        if (compression.Kind == LayerCompressionKind.Gzip) _gzip = compression.Level is { } number ? new ParallelGzip(output, new ZLibCompressionOptions { CompressionLevel = number }) : new ParallelGzip(output, level);
        // In one thread: several would cut it elsewhere on another machine.
        if (compression.Kind == LayerCompressionKind.Zstd) _zstd = new ZstdSharp.CompressionStream(output, compression.Level ?? ZstdLevel, leaveOpen: true);
    }

    public override void Write(ReadOnlySpan<byte> buffer) => (_gzip ?? _zstd ?? _output).Write(buffer);

    /// <summary>Writes what is left; the output stays open.</summary>
    public void Finish()
    {
        _gzip?.Finish();
        _zstd?.Dispose();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip?.Dispose();
            _zstd?.Dispose();
        }
        base.Dispose(disposing);
    }
}
