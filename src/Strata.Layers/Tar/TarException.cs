namespace Strata.Layers.Tar;

/// <summary>
/// The bytes are no tar that a layer may be. The message says what is wrong and near which entry. Trying again gives the same answer.
/// </summary>
public sealed class TarException : Exception
{
    public TarException()
    {
    }

    public TarException(string message) : base(message)
    {
    }

    public TarException(string message, Exception? inner) : base(message, inner)
    {
    }
}
