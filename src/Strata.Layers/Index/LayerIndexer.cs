using Strata.Content;
using Strata.Oci;

namespace Strata.Layers;

/// <summary>Makes the index of a layer that streams by.</summary>
public sealed class LayerIndexer : ILayerVisitor
{
    private readonly List<LayerEntry> _entries = [];

    public bool Enter(LayerEntry entry)
    {
        _entries.Add(entry);
        return false;
    }

    public void Content(ReadOnlySpan<byte> bytes)
    {
    }

    public void Leave()
    {
    }

    /// <summary>Keeps the index. When this returns, it is on disk. Call it when the layer's digests hold.</summary>
    public void Save(string layersFolder, Digest diffId)
    {
        var path = LayerIndex.PathIn(layersFolder, diffId);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, LayerIndexFile.Write(_entries));
    }
}
