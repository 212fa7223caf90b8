using Strata.Layers.Reading;
using Strata.Layers.Tar;

namespace Strata.Layers;

public static partial class LayerReader
{
    /// <summary>
    /// Shows what is in a tar that is no layer, plain or compressed with gzip or zstd: nothing is known of its digests, and a file that is called as
    /// whiteouts are is just a file.
    /// </summary>
    /// <exception cref="LayerException">It is no tar, is broken, or goes beyond the limits.</exception>
    public static async Task VisitAsync(Stream tar, ILayerVisitor visitor, CancellationToken cancellationToken)
    {
        var scanner = new TarScanner([new Plain(visitor)], LayerLimits.Default);
        try
        {
            var plain = await Decompression.OpenAsync(tar, cancellationToken).ConfigureAwait(false);
            await using (plain.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                for (int n; (n = await plain.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;) scanner.Push(buffer.AsSpan(0, n));
            }
            scanner.Finish();
        }
        catch (Exception e) when (e is TarException or InvalidDataException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new LayerException($"the tar cannot be read: {e.Message}", e);
        }
    }

    private sealed class Plain(ILayerVisitor inner) : ILayerVisitor
    {
        public bool Enter(LayerEntry entry) => inner.Enter(entry with { Path = Whiteouts.Name(entry.Path, entry.Whiteout), Whiteout = Whiteout.None });

        public void Content(ReadOnlySpan<byte> bytes) => inner.Content(bytes);

        public void Leave() => inner.Leave();
    }
}
