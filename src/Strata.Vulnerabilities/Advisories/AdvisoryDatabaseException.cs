namespace Strata.Vulnerabilities.Advisories;

/// <summary>The advisory database cannot be used; the message says why and what to do.</summary>
public sealed class AdvisoryDatabaseException : Exception
{
    public AdvisoryDatabaseException()
    {
    }

    public AdvisoryDatabaseException(string message) : base(message)
    {
    }

    public AdvisoryDatabaseException(string message, Exception inner) : base(message, inner)
    {
    }
}
