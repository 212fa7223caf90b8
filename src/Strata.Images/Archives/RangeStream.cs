using Microsoft.Win32.SafeHandles;
using Strata.Content;

namespace Strata.Images.Archives;

/// <summary>A part of a file, with a position of its own: several may be read at once.</summary>
internal sealed class RangeStream(SafeFileHandle file, long offset, long length) : ReadOnlyStream
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        var n = RandomAccess.Read(file, buffer[..Room(buffer.Length)], offset + _read);
        _read += n;
        return n;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var n = await RandomAccess.ReadAsync(file, buffer[..Room(buffer.Length)], offset + _read, cancellationToken).ConfigureAwait(false);
        _read += n;
        return n;
    }

    private int Room(int wanted) => (int)Math.Min(wanted, length - _read);
}
