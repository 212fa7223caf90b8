using Strata.Content;

namespace Strata.Images;

/// <summary>Says how much was read.</summary>
internal sealed class CountingStream(Stream source, Action<int> advance) : ReadOnlyStream
{
    public override int Read(Span<byte> buffer)
    {
        var n = source.Read(buffer);
        advance(n);
        return n;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var n = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        advance(n);
        return n;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }
}
