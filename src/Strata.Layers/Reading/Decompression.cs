namespace Strata.Layers.Reading;

/// <summary>
/// Opens what a layer's bytes are compressed with. The bytes decide, not the media type: registries hold layers whose type lies.
/// </summary>
internal static class Decompression
{
    private static ReadOnlySpan<byte> Gzip => [0x1f, 0x8b];

    private static ReadOnlySpan<byte> Zstd => [0x28, 0xb5, 0x2f, 0xfd];

    /// <summary>zstd's skippable frames begin with 0x184D2A50 to 0x184D2A5F, little-endian; chunked layers may begin with one.</summary>
    private static bool IsSkippable(ReadOnlySpan<byte> start) =>
        start.Length >= 4 && (start[0] & 0xf0) == 0x50 && start[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2a, 0x4d, 0x18]);

    /// <summary>The tar in <paramref name="compressed"/>, which stays open. Ask for 1 KiB or more at a time.</summary>
    public static async Task<Stream> OpenAsync(Stream compressed, CancellationToken cancellationToken)
    {
        var source = new ReadAhead(compressed);
        var start = (await source.PeekAsync(4, cancellationToken).ConfigureAwait(false)).Span;
        if (start.StartsWith(Gzip)) return new WholeGzip(source);
        if (start.StartsWith(Zstd) || IsSkippable(start)) return new ZstdSharp.DecompressionStream(source, bufferSize: 128 * 1024, leaveOpen: true);
        return source;
    }
}
