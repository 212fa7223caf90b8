using Strata.Build.Checks;
using Strata.Build.Graph;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>What BuildKit's checks say of a Dockerfile. Nothing is built.</summary>
    /// <exception cref="BuildException">It is not valid.</exception>
    public async Task<IReadOnlyList<BuildWarning>> CheckAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(options, progress: null, cancellationToken).ConfigureAwait(false);
        StageGraph.Plan(session.Dockerfile, session.Expander, GlobalArguments.Of(session.Dockerfile, session.Expander, Oci.Platform.Host, "default", options.Arguments)).Target(options.Target);
        return CheckerOf(session).Check();
    }

    /// <summary>Says what there is to say, and stops where the file wants that.</summary>
    private static void Warn(BuildSession session, IBuildProgress? progress)
    {
        var checker = CheckerOf(session);
        foreach (var warning in checker.Check()) progress?.Warn(warning);
        if (checker.IsError) throw new BuildException($"{session.Dockerfile.Source.Name}: lint violation found for rules, and the file says check=error=true", "put right what the warnings name, or leave rules out with # check=skip=RULE");
    }

    private static Checker CheckerOf(BuildSession session) => new(session.Dockerfile, session.Expander, session.Options.Arguments, session.Context.Ignore);
}
