namespace Strata.Vulnerabilities.Versions;

/// <summary>No version order is known for an ecosystem; the message names those that are.</summary>
public sealed class UnknownEcosystemException : Exception
{
    public UnknownEcosystemException()
    {
    }

    public UnknownEcosystemException(string message) : base(message)
    {
    }

    public UnknownEcosystemException(string message, Exception inner) : base(message, inner)
    {
    }
}
