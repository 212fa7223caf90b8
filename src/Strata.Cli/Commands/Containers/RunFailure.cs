using Strata.Cli.Rendering;
using Strata.Containers;

namespace Strata.Cli.Commands.Containers;

/// <summary>What run and create end with when the container could not be made or started: docker's 125, 126 and 127.</summary>
internal static class RunFailure
{
    public static async Task<int> GuardAsync(Func<Task<int>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException && Failure.Of(e) is { } failure)
        {
            failure.Write(Console.Error);
            return e is ContainerException container ? Math.Max(container.ExitCode, ContainerException.NotStarted) : ContainerException.NotStarted;
        }
    }
}
