using System.Security.Cryptography;
using Strata.Oci;

namespace Strata.Content;

/// <summary>
/// Reads content that should have a known digest and size; the read that ends it checks both. Whoever reads to the end has the right bytes.
/// </summary>
public sealed class VerifyingStream(Stream inner, Digest expected, long size) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = expected.Algorithm.StartHash();
    private long _read;
    private bool _verified;

    /// <exception cref="ContentMismatchException">The content is longer or shorter than promised, or has another digest.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Length == 0) return 0;
        var n = await inner.ReadAsync(buffer[..Room(buffer.Length)], cancellationToken).ConfigureAwait(false);
        Take(buffer.Span[..n]);
        return n;
    }

    /// <inheritdoc cref="ReadAsync(Memory{byte}, CancellationToken)"/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0) return 0;
        var n = inner.Read(buffer[..Room(buffer.Length)]);
        Take(buffer[..n]);
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }

    /// <summary>One byte more than promised may be asked for: that byte is the proof that the source is too long.</summary>
    private int Room(int wanted)
    {
        var left = size - _read;
        return left < wanted ? (int)left + 1 : wanted;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        _read += bytes.Length;
        if (_read > size) throw new ContentMismatchException($"{expected} is longer than the {size} bytes that were promised");
        if (bytes.Length == 0) Verify();
    }

    private void Verify()
    {
        if (_verified) return;
        if (_read != size) throw new ContentMismatchException($"{expected} ended after {_read} of {size} bytes");
        var digest = Digest.FromHash(_hash.GetHashAndReset(), expected.Algorithm);
        if (digest != expected) throw new ContentMismatchException($"content that should be {expected} is {digest}");
        _verified = true;
    }
}
