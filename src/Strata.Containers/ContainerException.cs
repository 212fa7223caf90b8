namespace Strata.Containers;

/// <summary>A verb could not be done: what failed and why, and what to do next.</summary>
public sealed class ContainerException : Exception
{
    /// <summary>The code of docker run where the container could not be made or started for another reason than its program.</summary>
    public const int NotStarted = 125;

    /// <summary>The program is there, and cannot be run.</summary>
    public const int NotExecutable = 126;

    /// <summary>There is no such program.</summary>
    public const int NotFound = 127;

    public ContainerException()
    {
    }

    public ContainerException(string message) : base(message)
    {
    }

    public ContainerException(string message, Exception? inner) : base(message, inner)
    {
    }

    public ContainerException(string message, string? advice, Exception? inner = null) : base(message, inner) => Advice = advice;

    public string? Advice { get; }

    /// <summary>What run and start end with.</summary>
    public int ExitCode { get; init; } = NotStarted;

    /// <summary>What kind of failure it is, for rims that have words of their own for it.</summary>
    public ContainerFault Fault { get; init; }
}

/// <summary>Kinds of failures that rims tell apart.</summary>
public enum ContainerFault
{
    Other,
    NoSuchContainer,
    NameInUse,
    InvalidName,

    /// <summary>Taken by somebody, or of an address that this host has not.</summary>
    PortNotAvailable,

    /// <summary>A source that is not there, or a place where nothing can be mounted.</summary>
    MountNotPossible,
    WrongState,
    NotUsable,
}
