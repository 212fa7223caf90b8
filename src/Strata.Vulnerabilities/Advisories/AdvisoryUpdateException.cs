namespace Strata.Vulnerabilities.Advisories;

/// <summary>An update did not happen; the former database is still in use. The message says why and what to do.</summary>
public sealed class AdvisoryUpdateException : Exception
{
    public AdvisoryUpdateException()
    {
    }

    public AdvisoryUpdateException(string message) : base(message)
    {
    }

    public AdvisoryUpdateException(string message, Exception inner) : base(message, inner)
    {
    }
}
