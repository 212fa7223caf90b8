using System.IO.Compression;
using Strata.Content;

namespace Strata.Layers.Reading;

/// <summary>Opens what a layer's bytes are compressed with. The bytes decide, not the media type: registries hold layers whose type lies.</summary>
internal static class Decompression
{
    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> Zstd => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>zstd's skippable frames begin with 0x184D2A50 to 0x184D2A5F, little-endian; chunked layers may begin with one.</summary>
    private static bool IsSkippable(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && (start[0] & 0xf0) == 0x50 && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2a, 0x4d, 0x18]);

    public static async Task<Stream> OpenAsync(Stream compressed, CancellationToken cancellationToken)
    {
        var start = new byte[4];
        var n = await compressed.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var whole = new PrefixedStream(start.AsMemory(0, n), compressed);
        var span = start.AsSpan(0, n);
        if (span.StartsWith(Gzip)) return new GZipStream(whole, CompressionMode.Decompress, leaveOpen: true);
        if (span.StartsWith(Zstd) || IsSkippable(span)) return new ZstdSharp.DecompressionStream(whole, leaveOpen: true);
        return whole;
    }

    /// <summary>Gives back the bytes that were looked at.</summary>
    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ReadOnlyStream
    {
        private ReadOnlyMemory<byte> _prefix = prefix;

        public override int Read(Span<byte> buffer)
        {
            if (_prefix.Length == 0) return rest.Read(buffer);
            var n = Math.Min(_prefix.Length, buffer.Length);
            _prefix.Span[..n].CopyTo(buffer);
            _prefix = _prefix[n..];
            return n;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_prefix.Length == 0) return await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return Read(buffer.Span);
        }
    }
}
