namespace Strata.Build;

/// <summary>
/// A build could not be done. The message says what failed and why; <see cref="Advice"/> says what to do next, in one line.
/// </summary>
public class BuildException : Exception
{
    public BuildException()
    {
    }

    public BuildException(string message) : base(message)
    {
    }

    public BuildException(string message, Exception? inner) : base(message, inner)
    {
    }

    public BuildException(string message, string? advice, Exception? inner = null) : base(message, inner) => Advice = advice;

    public string? Advice { get; }
}
