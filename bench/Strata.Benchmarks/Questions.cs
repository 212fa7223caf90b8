using System.Diagnostics;
using System.Globalization;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Benchmarks;

/// <summary>What verbs ask of the indexes of an image's layers, each question timed with fresh indexes.</summary>
internal static class Questions
{
    public static int Ask(string layersFolder, string[] diffIds)
    {
        Digest[] layers = [.. diffIds.Select(d => Digest.Parse(d, CultureInfo.InvariantCulture))];
        Time("totals", () => Load().Sum(i => i.ContentSize));
        Time("ls of a folder", () => new LayeredTree(Load()).Children("usr/share").Count);
        Time("find one path", () => new LayeredTree(Load()).Resolve("usr/share/doc") is null ? 0 : 1);
        Time("all merged paths", () => new LayeredTree(Load()).All().Count());
        Time("diff with all but the last layer", () => TreeDiff.Between(new LayeredTree(Load()[..^1]), new LayeredTree(Load())).Count());
        Time("waste", () => LayerWaste.Of(Load()).Paths.Count);
        Time("all entries in the order of the tar", () => Load().Sum(i => i.InTarOrder().Count()));
        return 0;

        LayerIndex[] Load() => [.. layers.Select(d => LayerIndex.TryLoad(layersFolder, d) ?? throw new InvalidOperationException($"{d} has no index"))];
    }

    private static void Time(string question, Func<long> ask)
    {
        var clock = Stopwatch.StartNew();
        var answer = ask();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{question}: {answer}, {clock.Elapsed.TotalMilliseconds:f2} ms"));
    }
}
