namespace Strata.Build.Dockerfiles;

/// <summary>A word cannot be expanded; the caller knows the line, and says it.</summary>
internal sealed class ExpansionException : Exception
{
    public ExpansionException()
    {
    }

    public ExpansionException(string message) : base(message)
    {
    }

    public ExpansionException(string message, Exception? inner) : base(message, inner)
    {
    }
}
