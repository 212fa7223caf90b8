using Strata.Build.Attestations;
using Strata.Build.Cache;
using Strata.Build.Cache.Exchange;
using Strata.Build.Checks.Evidence;
using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Build.History;
using Strata.Build.Steps;
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
        using var record = RecordedBuild.Begin(store.Root, options, progress, clock);
        try
        {
            var image = await BuildRecordedAsync(options, record, cancellationToken).ConfigureAwait(false);
            record.Done(image);
            if (options.CacheBudget is { } budget) await CollectCacheAsync(budget, dryRun: false, cancellationToken).ConfigureAwait(false);
            return image;
        }
        catch (Exception e)
        {
            record.Failed(e);
            throw;
        }
    }

    private async Task<BuiltImage> BuildRecordedAsync(BuildOptions options, IBuildProgress progress, CancellationToken cancellationToken)
    {
        using var lease = store.Lease();
        var started = clock.GetUtcNow();
        using var session = await OpenAsync(options, progress, cancellationToken).ConfigureAwait(false);
        Warn(session, progress);
        var imports = new List<CacheImport>();
        foreach (var source in options.CacheFrom)
            if (await CacheImport.OpenAsync(source, session, cancellationToken).ConfigureAwait(false) is { } import) imports.Add(import);
        session.Imports = imports;
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var built = new List<(LoadedImage Image, Platform Platform)>();
        IReadOnlyList<Platform?> platforms = options.Platforms.Count == 0 ? [null] : [.. options.Platforms];
        var names = platforms.Count == 1 ? options.Names : [];
        var annotations = options.Annotations.Count == 0 ? null : new SortedDictionary<string, string>(options.Annotations.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var platform in platforms)
        {
            var build = new PlatformBuild(session, platform);
            var state = await StageAsync(build, build.Graph.Target(options.Target), cancellationToken).ConfigureAwait(false);
            kept.UnionWith(state.Steps);
            var config = Finish(state, options, platform);
            var layers = await new LayerForms(session).OfAsync(state.Layers, cancellationToken).ConfigureAwait(false);
            var image = await images.AddAsync(config, layers, names, annotations, cancellationToken).ConfigureAwait(false);
            built.Add((image, config.Platform));
            foreach (var warning in await new LayerEvidence(session).CheckAsync(state, cancellationToken).ConfigureAwait(false)) progress.Warn(warning);
            await AttestAsync(session, image.Digest, config.Platform, started, cancellationToken).ConfigureAwait(false);
        }
        var result = built.Count == 1 ? built[0].Image : await images.AddIndexAsync(built, options.Names, annotations, cancellationToken).ConfigureAwait(false);
        await HandOnAsync(session, built[0].Image.Digest, kept, progress, cancellationToken).ConfigureAwait(false);
        return new BuiltImage(result.Id, result.Digest, options.Names, session.Steps.Steps) { Platforms = [.. built.Select(b => new BuiltPlatform(b.Platform, b.Image.Digest))] };
    }

    /// <summary>An image that is as it was before, of steps that were all cached, was built as it says already.</summary>
    private async Task AttestAsync(BuildSession session, Digest image, Platform platform, DateTimeOffset started, CancellationToken cancellationToken)
    {
        if (session.Options.Provenance == ProvenanceMode.None) return;
        var isNew = session.Steps.Steps.Any(s => s.State != StepState.Cached && !s.Name.Contains("] FROM ", StringComparison.Ordinal));
        if (!isNew && images.Attachments(image).Any(a => a.Manifest.ArtifactType == Provenance.StatementType)) return;
        foreach (var (uri, digest) in session.Bases.Used) session.Materials[uri] = digest;
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Images.Attachment.PredicateAnnotation] = Provenance.PredicateType };
        await images.KeepAttachmentAsync(image, Provenance.StatementType, Provenance.StatementType,
            Provenance.Statement(session, image, platform, started, clock.GetUtcNow()), annotations, cancellationToken).ConfigureAwait(false);
    }

    private static async Task HandOnAsync(BuildSession session, Digest image, HashSet<string> kept, IBuildProgress progress, CancellationToken cancellationToken)
    {
        foreach (var target in session.Options.CacheTo)
        {
            try
            {
                await session.Export.RunAsync(target, image, kept, cancellationToken).ConfigureAwait(false);
            }
            catch (BuildException e) when (target.IgnoresErrors)
            {
                progress.Warn(new BuildWarning("CacheExport", "The cache was not exported", e.Message, session.Dockerfile.Source.Name, 0));
            }
        }
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
                    Bases = new BaseImages(images, options, [.. dockerfile.Stages.Select(s => s.Name).Where(n => n.Length > 0)]),
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
public sealed record BuiltImage(Digest Id, Digest Digest, IReadOnlyList<Reference> Names, IReadOnlyList<BuildStep> Steps)
{
    /// <summary>One image each.</summary>
    public IReadOnlyList<BuiltPlatform> Platforms { get; init; } = [];
}

/// <param name="Digest">Of the manifest: several may have one config.</param>
public sealed record BuiltPlatform(Platform Platform, Digest Digest);
