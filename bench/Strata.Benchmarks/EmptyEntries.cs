using System.Diagnostics;
using System.Globalization;
using System.Text;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Benchmarks;

/// <summary>A bomb of entries that have nothing: its memory must stay bounded.</summary>
internal static class EmptyEntries
{
    public static async Task<int> RunAsync(long count)
    {
        var clock = Stopwatch.StartNew();
        using var indexer = new LayerIndexer();
        var folder = Directory.CreateTempSubdirectory("strata-bench-").FullName;
        try
        {
            await LayerReader.ReadAsync(new EndlessTar(count), Digest.Of([]), [indexer], CancellationToken.None);
        }
        catch (LayerException e)
        {
            Console.WriteLine(e.Message);
        }
        indexer.Save(folder, Digest.Of([]));
        Unpacking.Report(clock);
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private sealed class EndlessTar(long count) : ReadOnlyStream
    {
        private readonly byte[] _block = new byte[512];
        private long _entry;
        private int _given = 512;

        public override int Read(Span<byte> buffer)
        {
            var n = 0;
            while (n < buffer.Length && Fill())
            {
                var part = _block.AsSpan(_given, Math.Min(512 - _given, buffer.Length - n));
                part.CopyTo(buffer[n..]);
                (n, _given) = (n + part.Length, _given + part.Length);
            }
            return n;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

        private bool Fill()
        {
            if (_given < 512) return true;
            if (_entry == count) return false;
            Array.Clear(_block);
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"folder-{_entry / 1000}/file-number-{_entry++}"), _block);
            "0000644\0"u8.CopyTo(_block.AsSpan(100));
            _block[156] = (byte)'0';
            _block.AsSpan(148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var b in _block) sum += b;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(_block, 148);
            _given = 0;
            return true;
        }
    }
}
