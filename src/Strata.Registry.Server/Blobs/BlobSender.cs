using System.IO.Pipelines;

namespace Strata.Registry.Server;

/// <summary>Moves a blob's bytes to a client: read straight into the connection's own buffers, with no copy between.</summary>
internal static class BlobSender
{
    /// <summary>Large enough that a system call costs nothing beside the copy, small enough for fifty clients at once.</summary>
    private const int Chunk = 256 * 1024;

    /// <returns>How many bytes went; less than <paramref name="length"/> when the client is gone.</returns>
    public static async ValueTask<long> SendAsync(IStoredBlob blob, long offset, long length, PipeWriter body, CancellationToken cancellationToken)
    {
        var sent = 0L;
        while (sent < length)
        {
            var left = length - sent;
            var room = body.GetMemory((int)Math.Min(left, Chunk));
            var read = await blob.ReadAsync(room.Length > left ? room[..(int)left] : room, offset + sent, cancellationToken).ConfigureAwait(false);
            if (read == 0) throw new EndOfStreamException($"the blob ended {left} bytes early");
            body.Advance(read);
            sent += read;
            var flushed = await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted) break;
        }
        return sent;
    }
}
