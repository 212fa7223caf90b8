namespace Strata.Cli;

/// <summary>The command line or the configuration asks for something that cannot be: exit code 2.</summary>
internal sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message) : base(message)
    {
    }

    public UsageException(string message, Exception inner) : base(message, inner)
    {
    }

    public UsageException(string message, string advice) : base(message) => Advice = advice;

    public string? Advice { get; }
}
