using Strata.Layers.Tar;

namespace Strata.Layers.Tests.Indexes;

/// <summary>Makes indexes of tars without a disk.</summary>
internal static class Indexed
{
    public static LayerIndex Layer(RawTar tar) => new(File(tar.End()));

    public static LayeredTree Tree(params RawTar[] layers) => new([.. layers.Select(Layer)]);

    public static byte[] File(byte[] tar)
    {
        using var indexer = new LayerIndexer();
        var scanner = new TarScanner([indexer], LayerLimits.Default);
        scanner.Push(tar);
        scanner.Finish();
        return indexer.ToFile();
    }
}
