using System.Diagnostics;
using System.Globalization;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Benchmarks;

/// <summary>A layer's way from a file to an unpacked tree and its index, as a pull goes it, without the network.</summary>
internal static class Unpacking
{
    /// <param name="folder">Null to read only.</param>
    public static async Task<int> RunAsync(string layer, string? folder, string[] options)
    {
        var at = Array.IndexOf(options, "--diff-id");
        // Unknown, the digest is computed all the same; only the comparison at the end fails, and is expected to.
        var diffId = at >= 0 ? Digest.Parse(options[at + 1], CultureInfo.InvariantCulture) : Digest.Of(System.Text.Encoding.UTF8.GetBytes(layer));
        var clock = Stopwatch.StartNew();
        using var unpacker = folder is null ? null : LayerUnpacker.Begin(folder, diffId, new UnpackOptions { IsDurable = options.Contains("--sync", StringComparer.Ordinal) });
        using var indexer = options.Contains("--no-index", StringComparer.Ordinal) ? null : new LayerIndexer();
        ILayerVisitor[] visitors = [.. new ILayerVisitor?[] { unpacker, indexer }.OfType<ILayerVisitor>()];
        try
        {
            await using var compressed = new FileStream(layer, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
            await LayerReader.ReadAsync(compressed, diffId, visitors, CancellationToken.None);
        }
        catch (LayerException e) when (at < 0 && e.Message.Contains(diffId.ToString(), StringComparison.Ordinal))
        {
            Console.Error.WriteLine(e.Message);
        }
        unpacker?.Commit();
        if (folder is not null) indexer?.Save(folder, diffId);
        Report(clock);
        return 0;
    }

    public static void Report(Stopwatch clock)
    {
        var process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"wall {clock.Elapsed.TotalSeconds:f2} s, cpu {process.TotalProcessorTime.TotalSeconds:f2} s (user {process.UserProcessorTime.TotalSeconds:f2}), peak {process.PeakWorkingSet64 / 1048576} MiB"));
    }
}
