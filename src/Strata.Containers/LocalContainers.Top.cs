using System.Globalization;
using Strata.Containers.Kernel;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>The processes of a container, as ps(1) of the host shows them.</summary>
    /// <param name="options">What ps is asked for; -ef without.</param>
    /// <returns>The titles, and a row a process; the last cell may have spaces.</returns>
    /// <exception cref="ContainerException">It does not run, or ps does not know the options.</exception>
    public async Task<(IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string>> Rows)> TopAsync(string nameOrId, IReadOnlyList<string> options, CancellationToken cancellationToken)
    {
        var record = await FindRunningAsync(nameOrId, "top", cancellationToken).ConfigureAwait(false);
        var pids = ContainerPids.Of(record).ToHashSet();
        var ended = await SystemProgram.RunAsync("ps", options.Count > 0 ? options : ["-ef"], input: "", cancellationToken).ConfigureAwait(false);
        if (ended.ExitCode != 0) throw new ContainerException($"ps failed: {ended.Errors.Trim().Split('\n')[0]}", "give it other options");
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var titles = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var place = Array.IndexOf(titles, "PID");
        if (place < 0) throw new ContainerException("Couldn't find PID field in ps output", "ask ps for pid, too");
        var rows = lines.Skip(1).Select(l => l.Split(' ', titles.Length, StringSplitOptions.RemoveEmptyEntries)).Where(r => r.Length == titles.Length && pids.Contains(int.Parse(r[place], CultureInfo.InvariantCulture)));
        return (titles, [.. rows]);
    }
}
