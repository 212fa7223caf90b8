namespace Strata.Containers;

/// <summary>What the room has to be told by who runs it.</summary>
public sealed record ContainersOptions
{
    /// <summary>
    /// The program, with its first arguments, that the monitor calls when a container has ended; the container's ID is added. It shall call
    /// <see cref="LocalContainers.SettleAsync"/>. Empty: then the next verb settles it.
    /// </summary>
    public IReadOnlyList<string> ExitCommand { get; init; } = [];

    /// <summary>Told of what could not be done as asked for, and was done otherwise.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
