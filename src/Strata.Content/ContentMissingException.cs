using Strata.Oci;

namespace Strata.Content;

/// <summary>The store does not have this content.</summary>
public sealed class ContentMissingException : Exception
{
    public ContentMissingException()
    {
    }

    public ContentMissingException(string message) : base(message)
    {
    }

    public ContentMissingException(string message, Exception? inner) : base(message, inner)
    {
    }

    public ContentMissingException(Digest digest, Exception? inner) : this($"{digest} is not in the store", inner) => Digest = digest;

    public Digest Digest { get; }
}
