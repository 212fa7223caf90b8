namespace Strata.Cli.Product;

/// <summary>The background processes of the product under one root.</summary>
internal sealed class Services(string root)
{
    public Service Hub { get; } = new("hub", Path.Combine(root, "run"));

    public Service Dashboard { get; } = new("dashboard", Path.Combine(root, "run"));

    /// <summary>Keeps restart policies and health checks of containers.</summary>
    public Service Engine { get; } = new("engine", Path.Combine(root, "run"));

    /// <summary>Held by an engine that runs, however it was started.</summary>
    public string EngineLock => Path.Combine(root, "engine.lock");

    /// <summary>The hub's own folder.</summary>
    public string HubData => Path.Combine(root, "hub");

    /// <summary>The program of both, beside this one.</summary>
    /// <exception cref="CommandException">It was not installed.</exception>
    public static string WebProgram()
    {
        var path = Environment.GetEnvironmentVariable("STRATA_WEB") is { Length: > 0 } named ? named
            : Path.Combine(AppContext.BaseDirectory, "web", "strata-web");
        return File.Exists(path) ? path : throw new CommandException($"{path} is missing", "install the whole of Strata, or build it with eng/build.sh");
    }
}
