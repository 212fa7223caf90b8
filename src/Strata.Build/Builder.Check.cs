using Strata.Build.Checks;
using Strata.Build.Checks.Evidence;
using Strata.Build.Graph;
using Strata.Images;

namespace Strata.Build;

public sealed partial class Builder
{
    /// <summary>What BuildKit's checks say of a Dockerfile. Nothing is built.</summary>
    /// <exception cref="BuildException">It is not valid.</exception>
    public async Task<IReadOnlyList<BuildWarning>> CheckAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        using var session = await OpenAsync(options, progress: null, cancellationToken).ConfigureAwait(false);
        StageGraph.Plan(session.Dockerfile, session.Expander, GlobalArguments.Of(session.Dockerfile, session.Expander, Oci.Platform.Host, "default", options.Arguments)).Target(options.Target);
        return [.. CheckerOf(session).Check(), .. await EvidenceAsync(options, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>What the layers of the last build say, where all of it is in the cache.</summary>
    private async Task<IReadOnlyList<BuildWarning>> EvidenceAsync(BuildOptions options, CancellationToken cancellationToken)
    {
        // What stands on standard input is read once.
        if (options.Context == "-" || options.Dockerfile == "-") return [];
        using var lease = store.Lease();
        using var session = await OpenAsync(options with { OnlyCached = true }, progress: null, cancellationToken).ConfigureAwait(false);
        try
        {
            var build = new PlatformBuild(session, options.Platforms is [var platform, ..] ? platform : null);
            var state = await StageAsync(build, build.Graph.Target(options.Target), cancellationToken).ConfigureAwait(false);
            return await new LayerEvidence(session).CheckAsync(state, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is BuildException or ImageException)
        {
            return []; // never built as it is now, or not valid in a way that only a build finds out
        }
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
