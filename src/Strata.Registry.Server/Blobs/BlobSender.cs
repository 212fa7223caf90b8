using System.IO.Pipelines;

namespace Strata.Registry.Server;

/// <summary>Moves a blob's bytes to a client: read straight into the connection's own buffers, with no copy between.</summary>
internal static class BlobSender
{
    /// <summary>Large enough that a system call costs nothing beside the copy, small enough for fifty clients at once.</summary>
    private const int Chunk = 256 * 1024;

    public static async ValueTask SendAsync(IStoredBlob blob, long offset, long length, PipeWriter body, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var room = body.GetMemory((int)Math.Min(length, Chunk));
            var read = await blob.ReadAsync(room.Length > length ? room[..(int)length] : room, offset, cancellationToken).ConfigureAwait(false);
            if (read == 0) throw new EndOfStreamException($"the blob ended {length} bytes early");
            body.Advance(read);
            offset += read;
            length -= read;
            var flushed = await body.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted) return;
        }
    }
}
