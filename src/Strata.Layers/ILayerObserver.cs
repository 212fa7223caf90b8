using Strata.Oci;

namespace Strata.Layers;

/// <summary>
/// Wants to see layers that pass by (while they are pulled, or read again later). It is the way by which another room learns of a layer's
/// content in the one pass that verifies and indexes it.
/// </summary>
public interface ILayerObserver
{
    /// <summary>
    /// A visitor for the layer with this diffID, or null when what it would find is known already. Called from several threads.
    /// </summary>
    ILayerVisitor? Begin(Digest diffId);

    /// <summary>The visitor has seen the whole layer, and its digests hold: what it found may be kept. Not called after an error.</summary>
    void Complete(Digest diffId, ILayerVisitor visitor);
}
