namespace Strata.Images;

/// <summary>
/// A verb could not be done. The message says what failed and why; <see cref="Advice"/> says what to do next, in one line.
/// </summary>
public sealed class ImageException : Exception
{
    public ImageException()
    {
    }

    public ImageException(string message) : base(message)
    {
    }

    public ImageException(string message, Exception? inner) : base(message, inner)
    {
    }

    public ImageException(string message, string? advice, Exception? inner = null) : base(message, inner) => Advice = advice;

    public string? Advice { get; }
}
