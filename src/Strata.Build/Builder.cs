using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Build.Trees;
using Strata.Containers;
using Strata.Content;
using Strata.Images;
using Strata.Oci;

namespace Strata.Build;

/// <summary>From a Dockerfile and a context to an image of the store.</summary>
public sealed partial class Builder(ContentStore store, LocalImages images, TimeProvider clock)
{
    /// <summary>
    /// Builds the image. When this returns, it is whole, and its names lead to it; when it throws, names are as they were, and only the cache has
    /// what was done.
    /// </summary>
    /// <exception cref="BuildException">The Dockerfile is not valid, or a step cannot be done.</exception>
    public async Task<BuiltImage> BuildAsync(BuildOptions options, IBuildProgress? progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        using var session = await OpenAsync(options, progress, cancellationToken).ConfigureAwait(false);
        Warn(session, progress);
        var built = new List<(LoadedImage Image, Platform Platform)>();
        IReadOnlyList<Platform?> platforms = options.Platforms.Count == 0 ? [null] : [.. options.Platforms];
        var names = platforms.Count == 1 ? options.Names : [];
        foreach (var platform in platforms)
        {
            var build = new PlatformBuild(session, platform);
            var state = await StageAsync(build, build.Graph.Target(options.Target), cancellationToken).ConfigureAwait(false);
            var config = Finish(state, options, platform);
            var image = await images.AddAsync(config, [.. state.Layers.Select(l => l.Descriptor)], names, cancellationToken).ConfigureAwait(false);
            built.Add((image, config.Platform));
        }
        var result = built.Count == 1 ? built[0].Image : await images.AddIndexAsync(built, options.Names, cancellationToken).ConfigureAwait(false);
        return new BuiltImage(result.Id, result.Digest, options.Names, session.Steps.Steps);
    }

    private static async Task<StageState> StageAsync(PlatformBuild build, StagePlan target, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await build.StageAsync(target, stop.Token).ConfigureAwait(false);
        }
        finally
        {
            // Stages that go on when one has failed would write to what is about to be removed.
            await stop.CancelAsync().ConfigureAwait(false);
            await build.EndAsync().ConfigureAwait(false);
        }
    }

    private async Task<BuildSession> OpenAsync(BuildOptions options, IBuildProgress? progress, CancellationToken cancellationToken)
    {
        var builds = Path.Combine(store.Root, "builds");
        await WorkFolder.RemoveAbandonedAsync(builds, new StepRunner(_ => { }).CleanAsync).ConfigureAwait(false);
        var work = new WorkFolder(builds);
        try
        {
            var digests = new StatCache(Path.Combine(builds, "stat-cache"), clock);
            var context = await BuildContext.OpenAsync(options, digests, work, cancellationToken).ConfigureAwait(false);
            try
            {
                var dockerfile = ParsedDockerfile.Parse(context.Dockerfile);
                return new BuildSession(store, images, clock, options, progress)
                {
                    Work = work,
                    Digests = digests,
                    Context = context,
                    Dockerfile = dockerfile,
                    Bases = new BaseImages(images, options.Pull, [.. dockerfile.Stages.Select(s => s.Name).Where(n => n.Length > 0)]),
                };
            }
            catch
            {
                context.Dispose();
                throw;
            }
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    private static ImageConfig Finish(StageState state, BuildOptions options, Platform? platform)
    {
        if (options.Labels.Count > 0)
        {
            var labels = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, value) in (state.Container.Labels ?? new Dictionary<string, string>(StringComparer.Ordinal)).Concat(options.Labels)) labels[key] = value;
            state.Container = state.Container with { Labels = labels };
        }
        var config = state.Config with { Created = DateTimeOffset.FromUnixTimeSeconds(options.Epoch ?? state.Newest) };
        return platform is null ? config : config with { Architecture = platform.Architecture, Os = platform.Os, Variant = platform.Variant ?? config.Variant };
    }
}

/// <summary>What a build made.</summary>
/// <param name="Id">The config's digest: docker's image ID.</param>
/// <param name="Digest">Of the manifest, or of the index of several platforms.</param>
public sealed record BuiltImage(Digest Id, Digest Digest, IReadOnlyList<Reference> Names, IReadOnlyList<BuildStep> Steps);
