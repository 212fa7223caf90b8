using System.Globalization;
using System.Text;
using Strata.Content;
using Strata.Images;
using Strata.Layers;
using Strata.Oci;
using Strata.Registry.Client;
using Strata.Testing;

namespace Strata.Build.Tests;

/// <summary>A store and a context of one test, and builds in them.</summary>
public abstract class BuildFixture : IDisposable
{
    private readonly RegistryClient _registries = new(new RegistryClientOptions());

    protected BuildFixture()
    {
        Root = Folder.Folder("root");
        Context = Folder.Folder("context");
        Store = ContentStore.Open(Root);
        Images = new LocalImages(Store, _registries, [], TimeProvider.System);
        Builder = new Builder(Store, Images, TimeProvider.System);
    }

    protected TemporaryFolder Folder { get; } = new();

    protected string Root { get; }

    protected string Context { get; }

    protected ContentStore Store { get; }

    protected LocalImages Images { get; }

    protected Builder Builder { get; }

    protected RecordedProgress Progress { get; private set; } = new();

    public void Dispose()
    {
        _registries.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A file of the context, some seconds old: what was written just now may change without another time.</summary>
    protected string Put(string path, string content = "", int mode = 0x1A4, int age = 60)
    {
        var file = Folder.File("context/" + path, content);
        File.SetUnixFileMode(file, (UnixFileMode)mode);
        File.SetLastWriteTimeUtc(file, DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 - age).UtcDateTime);
        return file;
    }

    protected Task<BuiltImage> BuildAsync(string dockerfile, Func<BuildOptions, BuildOptions>? with = null) => BuildAsync(Builder, dockerfile, with);

    protected Task<BuiltImage> BuildAsync(Builder builder, string dockerfile, Func<BuildOptions, BuildOptions>? with = null)
    {
        Progress = new RecordedProgress();
        var options = new BuildOptions { Context = Context, Dockerfile = "-", Input = new MemoryStream(Encoding.UTF8.GetBytes(dockerfile)), Names = [Reference.Parse("built:1")] };
        return builder.BuildAsync(with?.Invoke(options) ?? options, Progress, TestContext.Current.CancellationToken);
    }

    protected async Task<string> FaultAsync(string dockerfile, Func<BuildOptions, BuildOptions>? with = null)
    {
        var fault = await Should.ThrowAsync<BuildException>(() => BuildAsync(dockerfile, with));
        return $"{fault.Message}\n{fault.Advice}";
    }

    protected ContainerConfig Config(string name = "built:1") => Images.Inspect(name).Config.Config!;

    protected IReadOnlyList<string> History(string name = "built:1") => [.. Images.Inspect(name).Config.History!.Select(h => (h.EmptyLayer ? "- " : "+ ") + h.CreatedBy)];

    /// <summary>A line for each path: type, mode, owner, and content or target.</summary>
    protected async Task<string> TreeAsync(string name = "built:1")
    {
        var files = await Images.FilesAsync(name, CancellationToken.None);
        var lines = new List<string>();
        foreach (var (entry, _) in files.Tree.All().Where(e => e.Entry.Path.Length > 0).OrderBy(e => e.Entry.Path, StringComparer.Ordinal))
        {
            var file = files.Tree.FileOf(new TreeEntry(entry, files.Tree.Find(entry.Path)!.Layer)).Entry;
            var what = file.Type switch
            {
                EntryType.File => " " + await ContentAsync(files, entry.Path),
                EntryType.Symlink => " -> " + file.LinkTarget,
                _ => "",
            };
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{entry.Path} {(file.Type == EntryType.Directory ? 'd' : file.Type == EntryType.Symlink ? 'l' : 'f')}{Convert.ToString(file.Mode, 8)} {file.Uid}:{file.Gid}{what}"));
        }
        return string.Join('\n', lines);
    }

    protected async Task<string> ContentAsync(string path, string name = "built:1") => await ContentAsync(await Images.FilesAsync(name, CancellationToken.None), path);

    private async Task<string> ContentAsync(ImageFiles files, string path)
    {
        using var content = new MemoryStream();
        await Images.CatAsync(files, path, content, CancellationToken.None);
        return Encoding.UTF8.GetString(content.ToArray()).Replace("\n", "\\n", StringComparison.Ordinal);
    }
}

/// <summary>Keeps what a build said.</summary>
public sealed class RecordedProgress : IBuildProgress
{
    private readonly Lock _gate = new();

    public List<BuildStep> Ended { get; } = [];

    public List<string> Lines { get; } = [];

    public List<BuildWarning> Warnings { get; } = [];

    public void Update(BuildStep step)
    {
        if (step.State == StepState.Running) return;
        lock (_gate) Ended.Add(step);
    }

    public void Log(BuildStep step, string line)
    {
        lock (_gate) Lines.Add(line);
    }

    public void Warn(BuildWarning warning)
    {
        lock (_gate) Warnings.Add(warning);
    }
}
