using Strata.Containers;

namespace Strata.Build;

/// <summary>A RUN that failed, as it left its files, with its mounts, variables and user: commands can be run in it. What they change is in no image.</summary>
public sealed class FailedStep
{
    private readonly StepSpec _spec;
    private readonly Func<string> _newFolder;

    internal FailedStep(BuildStep step, string fault, StepSpec spec, Func<string> newFolder) => (Step, Fault, _spec, _newFolder) = (step, fault, spec, newFolder);

    public BuildStep Step { get; }

    /// <summary>How it ended, with its last lines.</summary>
    public string Fault { get; }

    /// <summary>A shell on the terminal of this process; returns when it is left.</summary>
    /// <exception cref="ContainerException">There is no shell in it.</exception>
    public Task<int> OpenShellAsync(CancellationToken cancellationToken) => new StepRunner(_ => { })
        .RunAsync(_spec with { Arguments = Shell, Work = _newFolder(), HasTerminal = true, Env = [.. _spec.Env, "TERM=xterm-256color"] }, Stream.Null, Stream.Null, cancellationToken);

    /// <summary>A command of the shell.</summary>
    /// <exception cref="ContainerException">There is no shell in it.</exception>
    public Task<int> RunAsync(string command, Stream output, Stream errors, CancellationToken cancellationToken) =>
        new StepRunner(_ => { }).RunAsync(_spec with { Arguments = [.. Shell, "-c", command], Work = _newFolder() }, output, errors, cancellationToken);

    /// <summary>That of the step, where it has one.</summary>
    private string[] Shell => [_spec.Arguments is [var first, ..] && first.EndsWith("sh", StringComparison.Ordinal) ? first : "/bin/sh"];
}
