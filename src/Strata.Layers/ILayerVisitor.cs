namespace Strata.Layers;

/// <summary>
/// Sees every entry of one layer, in the order of the tar, while it streams by. Calls come from one thread, never after an error.
/// What it throws ends the reading of the layer.
/// </summary>
public interface ILayerVisitor
{
    /// <summary>
    /// Called for each entry. True asks for the content: then come <see cref="Content"/> (any number of times) and <see cref="Leave"/>.
    /// </summary>
    bool Enter(LayerEntry entry);

    /// <summary>The next bytes of the entered file; the span is valid during the call only.</summary>
    void Content(ReadOnlySpan<byte> bytes);

    /// <summary>The entered file is complete.</summary>
    void Leave();
}
