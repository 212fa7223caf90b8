namespace Strata.Oci;

/// <summary>A document (manifest, index, config) does not say what the spec demands. Trying again gives the same answer.</summary>
public sealed class DocumentException : Exception
{
    public DocumentException()
    {
    }

    public DocumentException(string message) : base(message)
    {
    }

    public DocumentException(string message, Exception inner) : base(message, inner)
    {
    }
}
