namespace Strata.Layers;

/// <summary>
/// What a visitor may be, too, to be told of the holes of sparse files; others are shown zeros in their place. Comes between the calls of
/// <see cref="ILayerVisitor.Content"/> of an entered file.
/// </summary>
public interface IHoleVisitor
{
    /// <param name="length">Bytes that read as zeros and are not stored; more than 0.</param>
    void Hole(long length);
}
