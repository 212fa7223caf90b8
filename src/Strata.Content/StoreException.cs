namespace Strata.Content;

/// <summary>The store as a whole cannot be used: no right to it, no room, a read-only disk. <see cref="Advice"/> says what to do.</summary>
public sealed class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message) : base(message)
    {
    }

    public StoreException(string message, Exception? inner) : base(message, inner)
    {
    }

    public StoreException(string message, string advice, Exception? inner) : base(message, inner) => Advice = advice;

    public string? Advice { get; }
}
