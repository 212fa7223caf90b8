namespace Strata.Containers;

/// <summary>What the room has to be told by who runs it.</summary>
public sealed record ContainersOptions
{
    /// <summary>The verb of the program `strata` that calls <see cref="LocalContainers.SettleAsync"/>; people do not see it.</summary>
    public const string ExitedVerb = "container-exited";

    /// <summary>
    /// The program, with its first arguments, that the monitor calls when a container has ended; the container's ID is added. It shall call
    /// <see cref="LocalContainers.SettleAsync"/>. Empty: then the next verb settles it.
    /// </summary>
    public IReadOnlyList<string> ExitCommand { get; init; } = [];

    /// <summary>The same with the program `strata`.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="root">The folder of the store.</param>
    public static IReadOnlyList<string> ExitCommandOf(string program, string root) => [program, "--root", root, ExitedVerb];

    /// <summary>Told of what could not be done as asked for, and was done otherwise.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
