using System.IO.Compression;
using Strata.Content;

namespace Strata.Images.Archives;

/// <summary>What some bytes are compressed with: their beginning decides, never a file's name.</summary>
internal enum Compression
{
    None,
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

internal static class CompressionExtensions
{
    /// <summary>So many bytes decide.</summary>
    public const int Needed = 6;

    public static Compression Of(ReadOnlySpan<byte> start) => start switch
    {
        [0x1f, 0x8b, ..] => Compression.Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Compression.Zstd,
        // A skippable frame of zstd; chunked layers may begin with one.
        [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18, ..] => Compression.Zstd,
        [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => Compression.Xz,
        [(byte)'B', (byte)'Z', (byte)'h', ..] => Compression.Bzip2,
        _ => Compression.None,
    };

    /// <summary>The uncompressed bytes of <paramref name="source"/>, which is disposed with the stream.</summary>
    /// <param name="what">The source as a person knows it, for the error.</param>
    /// <exception cref="ImageException">The compression is known and not supported.</exception>
    public static Stream Open(this Compression compression, Stream source, string what) => compression switch
    {
        Compression.None => source,
        Compression.Gzip => new GZipStream(source, CompressionMode.Decompress),
        Compression.Zstd => new ZstdSharp.DecompressionStream(source, leaveOpen: false),
        Compression.Xz => throw NotSupported(what, "xz", "xz -dc"),
        _ => throw NotSupported(what, "bzip2", "bzip2 -dc"),
    };

    private static ImageException NotSupported(string what, string name, string tool) =>
        new($"{what} is compressed with {name}, which is not supported", $"uncompress it on the way, such as: {tool} FILE | strata … -");
}

/// <summary>Gives back the bytes that were looked at, then the rest.</summary>
internal sealed class PeekedStream(Stream source) : ReadOnlyStream
{
    private readonly byte[] _start = new byte[CompressionExtensions.Needed];
    private int _filled;
    private int _given;

    /// <summary>Looks at the beginning; what follows reads from the first byte all the same.</summary>
    public async Task<Compression> PeekAsync(CancellationToken cancellationToken)
    {
        _filled = await source.ReadAtLeastAsync(_start, _start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return CompressionExtensions.Of(_start.AsSpan(0, _filled));
    }

    public override int Read(Span<byte> buffer) => _given < _filled ? Give(buffer) : source.Read(buffer);

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        _given < _filled ? ValueTask.FromResult(Give(buffer.Span)) : source.ReadAsync(buffer, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private int Give(Span<byte> buffer)
    {
        var n = Math.Min(_filled - _given, buffer.Length);
        _start.AsSpan(_given, n).CopyTo(buffer);
        _given += n;
        return n;
    }
}
