using System.Globalization;
using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Graph;
using Strata.Build.Trees;
using Strata.Containers;
using Strata.Layers;

namespace Strata.Build.Steps;

/// <summary>One process of a RUN: what is mounted for it, how it ends, and the layer of what it changed.</summary>
internal sealed class StepProcess(BuildSession session, StageState state, RunInstruction run, StepLog.RunningStep step) : IDisposable
{
    public const string ScriptFolder = "/dev/pipes";

    private const int ShownLines = 20;
    private const int AgentMode = 0x180;
    private const int FolderMode = 0x1ED;
    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"];

    private readonly List<MountSpec> _mounts = [];
    private readonly List<string> _variables = [];
    private readonly List<IDisposable> _held = [];
    private int _agents;

    /// <summary>Mounts files of the context, a stage or an image, as a copy that the process may change where it is asked for.</summary>
    public async Task AddFilesAsync(RunMount mount, FileTree tree, IReadOnlyList<CopySource> found, CancellationToken cancellationToken)
    {
        if (mount.Type == RunMountType.Cache)
        {
            AddCache(mount, await MaterializeAsync(found, cancellationToken).ConfigureAwait(false));
            return;
        }
        if (found is not [var source]) throw new BuildException($"the mount's source {mount.Source} is not one file or folder", "a mount has one source, without wildcards");
        var isPlain = tree is FolderTree { Ignore.Patterns.Count: 0 } && mount.IsReadOnly;
        var path = isPlain ? Path.Combine(((FolderTree)tree).Folder.Folder, source.Root.Path) : await MaterializeAsync(found, cancellationToken).ConfigureAwait(false);
        if (!isPlain && !source.Root.IsFolder) path = Path.Combine(path, source.Name);
        _mounts.Add(Bind(path, Target(mount), mount.IsReadOnly));
    }

    public void Add(RunMount mount)
    {
        switch (mount.Type)
        {
            case RunMountType.Cache:
                AddCache(mount, seed: null);
                break;
            case RunMountType.Tmpfs:
                _mounts.Add(new MountSpec { Kind = MountKind.Tmpfs, Target = Target(mount), TmpfsSize = mount.Size });
                break;
            case RunMountType.Secret:
                AddSecret(mount);
                break;
            default:
                AddAgent(mount);
                break;
        }
    }

    /// <summary>The text of a program, which <see cref="ScriptFolder"/> has under its here-document's name.</summary>
    public void AddScript(string text)
    {
        var path = session.Work.NewPath();
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, (UnixFileMode)FolderMode);
        _mounts.Add(Bind(path, $"{ScriptFolder}/{run.Line.Heredocs[0].Name}", isReadOnly: true));
    }

    /// <exception cref="BuildException">The process failed, or could not be started.</exception>
    public async Task<WrittenLayer> RunAsync(IReadOnlyList<string> arguments, long latest, CancellationToken cancellationToken)
    {
        var (upper, work) = (session.Work.NewPath(), session.Work.NewPath());
        try
        {
            foreach (var layer in state.Layers) await session.Images.PrepareLayerAsync(layer.Descriptor, layer.DiffId, unpack: true, cancellationToken).ConfigureAwait(false);
            var lines = new StepLines(step.Log, ShownLines);
            var spec = new StepSpec
            {
                Layers = [.. state.Layers.Select(l => LayerUnpacker.PathIn(session.Store.Layers, l.DiffId))],
                Upper = upper,
                Work = work,
                Arguments = arguments,
                Env = [.. Environment(), .. _variables],
                User = state.Container.User ?? "",
                WorkingDir = state.Container.WorkingDir is { Length: > 0 } folder ? folder : "/",
                Mounts = _mounts,
                Network = run.Network switch { RunNetwork.None => "none", RunNetwork.Host => "host", _ => session.Options.Network },
                Insecure = run.IsPrivileged,
                ExtraHosts = session.Options.ExtraHosts,
                Resources = session.Options.Resources,
                Ulimits = session.Options.Ulimits,
                ShmSize = session.Options.ShmSize ?? StepSpec.DefaultShmSize,
            };
            var code = await new StepRunner(step.Log).RunAsync(spec, lines.Stream(), lines.Stream(), cancellationToken).ConfigureAwait(false);
            lines.Finish();
            if (code != 0)
            {
                var fault = Failed(arguments, code, lines);
                if (session.Options.OnFailure is { } show) await ShowAsync(show, spec, fault.Message, cancellationToken).ConfigureAwait(false);
                throw fault;
            }
            return LayerWriter.FromFolder(session.Store, upper, new FolderLayerOptions
            {
                IsOverlay = true,
                NoLaterThan = DateTimeOffset.FromUnixTimeSeconds(latest),
                Compression = session.Options.Compression ?? LayerCompression.Gzip,
            }, cancellationToken);
        }
        catch (ContainerException e)
        {
            throw new BuildException($"process {GoText.Quote(string.Join(' ', arguments))} could not be started: {e.Message}", e.Advice, e);
        }
    }

    /// <summary>Gives up caches and sockets, however the step ended.</summary>
    public void Dispose()
    {
        foreach (var held in _held) held.Dispose();
    }

    private async Task ShowAsync(Func<FailedStep, Task> show, StepSpec spec, string fault, CancellationToken cancellationToken)
    {
        await session.Showing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await show(new FailedStep(step.Step, fault, spec, session.Work.NewPath)).ConfigureAwait(false);
        }
        finally
        {
            session.Showing.Release();
        }
    }

    private static BuildException Failed(IReadOnlyList<string> arguments, int code, StepLines lines)
    {
        var last = lines.Last.Count == 0 ? "" : "\n" + string.Join('\n', lines.Last.Select(l => "  > " + l));
        return new BuildException($"process {GoText.Quote(string.Join(' ', arguments))} did not complete successfully: exit code: {code.ToString(CultureInfo.InvariantCulture)}{last}");
    }

    private IEnumerable<string> Environment() => state.Variables.Select(v => $"{v.Key}={v.Value}").Concat(session.Options.Arguments
        .Where(a => Proxies.Contains(a.Key.ToUpperInvariant(), StringComparer.Ordinal) && !state.Variables.ContainsKey(a.Key)).Select(a => $"{a.Key}={a.Value}"));

    private void AddCache(RunMount mount, string? seed)
    {
        var caches = new CacheMounts(session.Store.Root);
        var (folder, held) = caches.Open(CacheIdOf(state, mount), mount.Sharing, seed, mount.Mode ?? FolderMode, mount.Uid ?? 0, mount.Gid ?? 0);
        _held.Add(held);
        _mounts.Add(Bind(folder, Target(mount), mount.IsReadOnly));
    }

    private void AddSecret(RunMount mount)
    {
        var id = mount.Id.Length > 0 ? mount.Id : mount.Source.Length > 0 ? mount.Source : SlashPath.Name(mount.Target);
        if (!session.Options.Secrets.TryGetValue(id, out var secret))
        {
            if (mount.IsRequired) throw new BuildException($"secret {id}: not found", $"give it: --secret id={id},src=FILE");
            return;
        }
        var content = secret.Read();
        if (mount.Variable.Length > 0)
        {
            _variables.Add($"{mount.Variable}={System.Text.Encoding.UTF8.GetString(content)}");
            if (mount.Target.Length == 0) return;
        }
        var path = session.Work.NewPath();
        File.WriteAllBytes(path, content);
        Owners.Set(path, mount.Uid ?? 0, mount.Gid ?? 0);
        File.SetUnixFileMode(path, (UnixFileMode)(mount.Mode ?? 0x100));
        _mounts.Add(Bind(path, mount.Target.Length > 0 ? Target(mount) : $"/run/secrets/{SlashPath.Name(id)}", isReadOnly: true));
    }

    private void AddAgent(RunMount mount)
    {
        var id = mount.Id.Length > 0 ? mount.Id : "default";
        if (!session.Options.Agents.TryGetValue(id, out var socket))
        {
            if (mount.IsRequired) throw new BuildException($"ssh agent {id}: not found", $"give it: --ssh {id}");
            return;
        }
        var target = mount.Target.Length > 0 ? Target(mount) : string.Create(CultureInfo.InvariantCulture, $"/run/buildkit/ssh_agent.{_agents++}");
        var held = new AgentSocket(socket, mount.Mode ?? AgentMode, mount.Uid ?? 0, mount.Gid ?? 0);
        _held.Add(held);
        _mounts.Add(Bind(held.Path, target, isReadOnly: false));
        _variables.Add($"SSH_AUTH_SOCK={target}");
    }

    /// <summary>A cache without an ID goes by its place.</summary>
    public static string CacheIdOf(StageState state, RunMount mount) => mount.Id.Length > 0 ? mount.Id : Target(state, mount);

    private string Target(RunMount mount) => Target(state, mount);

    private static string Target(StageState state, RunMount mount)
    {
        var target = mount.Target.StartsWith('/') ? mount.Target : $"{state.Container.WorkingDir}/{mount.Target}";
        var path = "/" + SlashPath.Rooted(target);
        return path == "/" ? throw new BuildException($"invalid mount target {GoText.Quote(mount.Target)}", "a mount needs a target other than the root") : path;
    }

    /// <summary>Writes files of a tree to a folder of the build, whose owners and modes they keep.</summary>
    private async Task<string> MaterializeAsync(IReadOnlyList<CopySource> sources, CancellationToken cancellationToken)
    {
        var folder = session.Work.NewPath();
        Directory.CreateDirectory(folder);
        await SourceLayer.UnpackAsync(session.Store, sources, folder, cancellationToken).ConfigureAwait(false);
        return folder;
    }

    private static MountSpec Bind(string source, string target, bool isReadOnly) => new() { Kind = MountKind.Bind, Source = source, Target = target, ReadOnly = isReadOnly };
}
