namespace Strata.Layers;

/// <summary>
/// Makes something of a layer that streams by: a folder, an image of a file system. What it makes is whole or not there: nothing has its
/// final
/// name before <see cref="Commit"/>, and disposing without it leaves nothing.
/// </summary>
public interface ILayerSink : ILayerVisitor, IHoleVisitor, IDisposable
{
    /// <summary>
    /// The layer was seen whole, and its digests hold. When this returns, what was made has its name. Another process may have been first.
    /// </summary>
    void Commit();
}
