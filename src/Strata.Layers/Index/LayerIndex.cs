using Strata.Oci;

namespace Strata.Layers;

/// <summary>Every entry of one layer, in the order of its tar. Made once, while the layer streams by; kept beside the unpacked layer.</summary>
public sealed class LayerIndex
{
    internal LayerIndex(IReadOnlyList<LayerEntry> entries) => Entries = entries;

    public IReadOnlyList<LayerEntry> Entries { get; }

    /// <summary>Bytes of file content that the layer brings.</summary>
    public long ContentSize => Entries.Sum(e => e.Size);

    /// <summary>Where the index of a layer lies in a store.</summary>
    public static string PathIn(string layersFolder, Digest diffId) =>
        Path.Combine(layersFolder, diffId.Algorithm.Prefix(), diffId.Hex, "index");

    /// <summary>Null when the layer has no index yet, or one that this version cannot read: it can be made again from the layer.</summary>
    public static LayerIndex? TryLoad(string layersFolder, Digest diffId)
    {
        try
        {
            using var file = File.OpenRead(PathIn(layersFolder, diffId));
            return LayerIndexFile.Read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
