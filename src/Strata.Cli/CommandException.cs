namespace Strata.Cli;

/// <summary>A command could not be done, for a reason that no room knows: exit code 1.</summary>
internal sealed class CommandException : Exception
{
    public CommandException()
    {
    }

    public CommandException(string message) : base(message)
    {
    }

    public CommandException(string message, Exception inner) : base(message, inner)
    {
    }

    public CommandException(string message, string? advice) : base(message) => Advice = advice;

    public string? Advice { get; }
}
