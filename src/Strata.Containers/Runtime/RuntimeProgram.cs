using Strata.Containers.Kernel;

namespace Strata.Containers.Runtime;

/// <summary>An OCI runtime, such as runc, called for one container.</summary>
internal sealed class RuntimeProgram(string program, string stateFolder)
{
    private static readonly string[] Folders = ["/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/sbin", "/usr/local/bin"];

    public string Program => program;

    /// <summary>Where it keeps what it knows of the container.</summary>
    public string StateFolder => stateFolder;

    /// <exception cref="ContainerException">It is not installed.</exception>
    public static RuntimeProgram Find(string name, string stateFolder) => new(FindProgram(name) ?? throw Missing(name), stateFolder);

    /// <summary>A program in PATH or where systems have theirs; a path is itself.</summary>
    public static string? FindProgram(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal)) return File.Exists(name) ? name : null;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return path.Concat(Folders).Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>Runs a verb to its end.</summary>
    /// <returns>Null, or what it said when it failed.</returns>
    public async Task<string?> TryAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return ended.ExitCode == 0 ? null : RuntimeErrors.LastMessage(ended.Errors);
    }

    /// <exception cref="ContainerException">It failed; the message has what it said.</exception>
    public async Task<string> DoAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var ended = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return ended.ExitCode == 0 ? ended.Output : throw RuntimeErrors.Of(RuntimeErrors.LastMessage(ended.Errors));
    }

    private Task<SystemProgram> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        SystemProgram.RunAsync(program, ["--root", stateFolder, .. arguments], input: "", cancellationToken);

    private static ContainerException Missing(string name) =>
        new($"the runtime {name} is not installed", $"apt-get install {(name.Contains("crun", StringComparison.Ordinal) ? "crun" : "runc")}; --runtime chooses another");
}
