using System.Collections.Concurrent;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Images;
using Strata.Oci;

namespace Strata.Build.Graph;

/// <summary>Builds the stages that the target needs, for one platform: each once, those that do not need each other at the same time.</summary>
internal sealed class PlatformBuild
{
    private const string DefaultPath = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private readonly BuildSession _session;
    private readonly ConcurrentDictionary<StagePlan, Lazy<Task<StageState>>> _stages = new();

    public PlatformBuild(BuildSession session, Platform? asked)
    {
        _session = session;
        (Asked, Platform) = (asked, asked ?? Platform.Host);
        var stage = session.Options.Target ?? session.Dockerfile.Stages[^1].Name;
        Globals = GlobalArguments.Of(session.Dockerfile, session.Expander, Platform, stage.Length > 0 ? stage : "default", session.Options.Arguments);
        Graph = StageGraph.Plan(session.Dockerfile, session.Expander, Globals);
    }

    /// <summary>Null where nobody asked for a platform: then a base that is here decides.</summary>
    public Platform? Asked { get; }

    public Platform Platform { get; }

    public IReadOnlyDictionary<string, string> Globals { get; }

    public StageGraph Graph { get; }

    public Task<StageState> StageAsync(StagePlan plan, CancellationToken cancellationToken) => _stages.GetOrAdd(plan, p => new Lazy<Task<StageState>>(
        () => Task.Run(() => new StageBuilder(_session, this, p).BuildAsync(cancellationToken), cancellationToken))).Value;

    /// <summary>Waits until nothing of the build goes on any more, however it ends.</summary>
    public async Task EndAsync()
    {
        foreach (var stage in _stages.Values.Where(s => s.IsValueCreated))
            await ((Task)stage.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What a stage begins with.</summary>
    public async Task<StageState> BeginAsync(StagePlan plan, CancellationToken cancellationToken)
    {
        if (NamedContext(plan.Name) is { } replaced) return await FromContextAsync(replaced, plan, cancellationToken).ConfigureAwait(false);
        if (plan.Base is not null) return (await StageAsync(plan.Base, cancellationToken).ConfigureAwait(false)).ForChild();
        if (plan.BaseName == StagePlan.Scratch) return Scratch(plan.Platform ?? Platform);
        if (NamedContext(plan.BaseName) is { } context) return await FromContextAsync(context, plan, cancellationToken).ConfigureAwait(false);
        return FromImage(await _session.Bases.GetAsync(plan.BaseName, plan.Platform ?? Asked, cancellationToken).ConfigureAwait(false), plan.Platform ?? Platform);
    }

    /// <summary>The files that a <c>--from</c> means, and what the cache knows them by.</summary>
    public async Task<FileTree> SourceAsync(string from, StagePlan current, CancellationToken cancellationToken)
    {
        if (Graph.FindSource(from) is { } stage)
        {
            if (stage.Index >= current.Index) throw new BuildException($"cannot copy from stage {GoText.Quote(from)}, it needs to be defined before current stage {GoText.Quote(current.ShownName)}");
            var state = await StageAsync(stage, cancellationToken).ConfigureAwait(false);
            return await _session.TreeAsync(state.Layers, cancellationToken).ConfigureAwait(false);
        }
        if (NamedContext(from) is { } context)
        {
            if (context.StartsWith(ImagePrefix, StringComparison.Ordinal)) from = context[ImagePrefix.Length..];
            else return await FolderOfAsync(context, cancellationToken).ConfigureAwait(false);
        }
        if (from == StagePlan.Scratch) return new LooseTree();
        var image = await _session.Bases.GetAsync(from, Asked, cancellationToken).ConfigureAwait(false);
        return await _session.TreeAsync(BaseImages.LayersOf(image), cancellationToken).ConfigureAwait(false);
    }

    private const string ImagePrefix = "docker-image://";

    private string? NamedContext(string name) => name.Length == 0 || name is StagePlan.Scratch or "context" ? null
        : _session.Options.Contexts.FirstOrDefault(c => c.Key.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (Reference.TryParse(name, out var named) && Reference.TryParse(c.Key, out var key) && named == key)).Value;

    private async Task<StageState> FromContextAsync(string context, StagePlan plan, CancellationToken cancellationToken)
    {
        if (context.StartsWith(ImagePrefix, StringComparison.Ordinal))
            return FromImage(await _session.Bases.GetAsync(context[ImagePrefix.Length..], plan.Platform ?? Asked, cancellationToken).ConfigureAwait(false), plan.Platform ?? Platform);
        var tree = await FolderOfAsync(context, cancellationToken).ConfigureAwait(false);
        var state = Scratch(plan.Platform ?? Platform);
        var sources = new SourceFinder(tree, [], withParents: false).Find("/");
        state.Newest = StepContent.Newest(sources);
        var written = await SourceLayer.WriteAsync(_session.Store, sources, _session.Options.Epoch ?? state.Newest, cancellationToken).ConfigureAwait(false);
        state.AddLayer(new BuiltLayer(written.Descriptor, written.DiffId));
        state.AddHistory($"COPY / /", hasLayer: true, hasMark: true, _session.Options.Epoch);
        state.Key = $"context {written.DiffId}";
        return state;
    }

    private async Task<FolderTree> FolderOfAsync(string context, CancellationToken cancellationToken)
    {
        var folder = GitSource.TryParse(context) is { } git
            ? await git.CheckOutAsync(_session.Work, keepGitFolder: false, cancellationToken).ConfigureAwait(false)
            : Path.GetFullPath(context, _session.Options.WorkingFolder);
        if (!Directory.Exists(folder)) throw new BuildException($"the named context {context} is not there", "it is a folder, docker-image://NAME, or a git URL");
        return _session.Context.Open(folder, _session.Digests);
    }

    private static StageState Scratch(Platform platform) => new()
    {
        Config = new ImageConfig
        {
            Architecture = platform.Architecture,
            Os = platform.Os,
            Variant = platform.Variant,
            OsVersion = platform.OsVersion,
            RootFs = new RootFs { DiffIds = [] },
            Config = new ContainerConfig { Env = [DefaultPath], WorkingDir = "/" },
        },
        Layers = [],
        Platform = platform,
        Variables = Environment([DefaultPath]),
        Key = $"scratch {platform}",
    };

    private static StageState FromImage(ImageDetails image, Platform platform)
    {
        var container = image.Config.Config ?? new ContainerConfig();
        var variables = container.Env ?? [];
        if (!variables.Any(v => v.StartsWith("PATH=", StringComparison.Ordinal))) variables = [.. variables, DefaultPath];
        return new StageState
        {
            Config = image.Config with { Created = null, Config = container with { Env = variables } },
            Layers = BaseImages.LayersOf(image),
            Platform = platform,
            Variables = Environment(variables),
            Key = $"image {image.Id}",
            Newest = image.Config.Created?.ToUnixTimeSeconds() ?? 0,
        };
    }

    private static Dictionary<string, string> Environment(IReadOnlyList<string> variables)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variable in variables)
        {
            var equals = variable.IndexOf('=', StringComparison.Ordinal);
            all[equals < 0 ? variable : variable[..equals]] = equals < 0 ? "" : variable[(equals + 1)..];
        }
        return all;
    }
}
