namespace Strata.Layers;

/// <summary>
/// A layer cannot be read: it is no tar, its compression is broken, or its digest is another. The message says which and why.
/// </summary>
public sealed class LayerException : Exception
{
    public LayerException()
    {
    }

    public LayerException(string message) : base(message)
    {
    }

    public LayerException(string message, Exception? inner) : base(message, inner)
    {
    }
}
