using System.Security.Cryptography;
using System.Threading.Channels;
using Strata.Layers.Tar;

namespace Strata.Layers.Reading;

/// <summary>
/// Two stations of a layer's way, each at its own pace: one reads, inflates and hashes, the other takes the tar apart. Between them go a
/// few buffers, round and round.
/// </summary>
internal static class BufferRing
{
    private const int BufferSize = 256 * 1024;
    private const int Buffers = 6;

    /// <exception cref="TarException">The bytes are no tar that a layer may be.</exception>
    /// <exception cref="InvalidDataException">The compression is broken.</exception>
    public static async Task PassAsync(Stream compressed, IncrementalHash hash, TarScanner scanner, CancellationToken cancellationToken)
    {
        var free = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        for (var i = 0; i < Buffers; i++) free.Writer.TryWrite(new byte[BufferSize]);
        var full = Channel.CreateUnbounded<(byte[] Buffer, int Length)>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var scanning = Task.Run(() => ScanAsync(scanner, full.Reader, free.Writer, stop.Token), CancellationToken.None);
        try
        {
            await InflateAsync(compressed, hash, free.Reader, full.Writer, stop.Token).ConfigureAwait(false);
            full.Writer.Complete();
        }
        catch (ChannelClosedException)
        {
            // The scanner has ended the ring; it says why below.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await scanning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        await scanning.ConfigureAwait(false);
    }

    private static async Task InflateAsync(
        Stream compressed, IncrementalHash hash, ChannelReader<byte[]> free, ChannelWriter<(byte[], int)> full, CancellationToken cancellationToken)
    {
        var tar = await Decompression.OpenAsync(compressed, cancellationToken).ConfigureAwait(false);
        await using (tar.ConfigureAwait(false))
        {
            while (true)
            {
                var buffer = await free.ReadAsync(cancellationToken).ConfigureAwait(false);
                var length = await FillAsync(tar, buffer, cancellationToken).ConfigureAwait(false);
                hash.AppendData(buffer, 0, length);
                if (length > 0) full.TryWrite((buffer, length));
                if (length == 0) break;
            }
        }
        // A decompressor stops where its format ends; what the blob has behind that counts for its digest, too.
        var rest = new byte[64 * 1024];
        while (await compressed.ReadAsync(rest, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>Half a buffer is enough to go on with: a slow source must not hold back what has come.</summary>
    private static async ValueTask<int> FillAsync(Stream tar, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (length < BufferSize / 2)
        {
            var n = await tar.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (n == 0) break;
            length += n;
        }
        return length;
    }

    private static async Task ScanAsync(
        TarScanner scanner, ChannelReader<(byte[] Buffer, int Length)> full, ChannelWriter<byte[]> free, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var (buffer, length) in full.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                scanner.Push(buffer.AsSpan(0, length));
                free.TryWrite(buffer);
            }
        }
        finally
        {
            // Nobody will give buffers back any more: the other side must not wait for them.
            free.TryComplete();
        }
    }
}
