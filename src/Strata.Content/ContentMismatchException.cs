namespace Strata.Content;

/// <summary>Content is not what its digest and size promise; the message has both. Nothing of it was kept.</summary>
public sealed class ContentMismatchException : Exception
{
    public ContentMismatchException()
    {
    }

    public ContentMismatchException(string message) : base(message)
    {
    }

    public ContentMismatchException(string message, Exception? inner) : base(message, inner)
    {
    }
}
