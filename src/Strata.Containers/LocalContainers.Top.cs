using System.Diagnostics;
using System.Globalization;
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
        using var process = Process.Start(new ProcessStartInfo("ps", options.Count > 0 ? options : ["-ef"]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0) throw new ContainerException($"ps failed: {(await errors.ConfigureAwait(false)).Trim().Split('\n')[0]}", "give it other options");
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var titles = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var place = Array.IndexOf(titles, "PID");
        if (place < 0) throw new ContainerException("Couldn't find PID field in ps output", "ask ps for pid, too");
        var rows = lines.Skip(1).Select(l => l.Split(' ', titles.Length, StringSplitOptions.RemoveEmptyEntries)).Where(r => r.Length == titles.Length && pids.Contains(int.Parse(r[place], CultureInfo.InvariantCulture)));
        return (titles, [.. rows]);
    }
}
