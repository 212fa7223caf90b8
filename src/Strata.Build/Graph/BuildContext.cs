using System.Text;
using Strata.Build.Cache;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Build.Trees;
using Strata.Layers;

namespace Strata.Build.Graph;

/// <summary>The context of a build, and the Dockerfile with its patterns of what is ignored: found before anything else is done.</summary>
internal sealed class BuildContext : IDisposable
{
    private const int MaxDockerfile = 16 * 1024 * 1024;
    private static readonly string[] Names = ["Dockerfile", "dockerfile", "Containerfile"];
    private readonly List<FolderReader> _readers = [];

    private BuildContext(SourceFile dockerfile, string place) => (Dockerfile, Place) = (dockerfile, place);

    public SourceFile Dockerfile { get; }

    /// <summary>What the same build is known by the next time.</summary>
    public string Place { get; }

    /// <summary>The context itself; without anything in it where there is none.</summary>
    public required FileTree Tree { get; init; }

    public IgnoreMatcher Ignore => (Tree as FolderTree)?.Ignore ?? IgnoreMatcher.None;

    /// <exception cref="BuildException">There is no context, or no Dockerfile.</exception>
    public static async Task<BuildContext> OpenAsync(BuildOptions options, StatCache digests, WorkFolder work, CancellationToken cancellationToken)
    {
        if (options.Context == "-" && options.Dockerfile == "-") throw new BuildException("invalid argument: can't use stdin for both build context and dockerfile", "write the context or the Dockerfile to a folder");
        var folder = Path.GetFullPath(options.Context, options.WorkingFolder);
        if (options.Context == "-")
        {
            var input = await InputContext.ReadAsync(options.Input, work, cancellationToken).ConfigureAwait(false);
            if (input.Dockerfile is { } alone) return new BuildContext(new SourceFile("Dockerfile", alone), "-") { Tree = new LooseTree() };
            folder = input.Folder!;
        }
        else if (GitSource.TryParse(options.Context) is { } git)
        {
            folder = await git.CheckOutAsync(work, keepGitFolder: false, cancellationToken).ConfigureAwait(false);
        }
        else if (!Directory.Exists(folder))
        {
            throw File.Exists(folder)
                ? new BuildException($"unable to prepare context: {options.Context} is a file", "a context is a folder; a Dockerfile is named with -f")
                : new BuildException($"unable to prepare context: path {GoText.Quote(options.Context)} not found", "a context is a folder, - for a tar on standard input, or a git URL");
        }
        var (text, name, path) = await DockerfileAsync(options, folder, cancellationToken).ConfigureAwait(false);
        var ignore = await IgnoreAsync(folder, path, cancellationToken).ConfigureAwait(false);
        var reader = new FolderReader(folder);
        var context = new BuildContext(new SourceFile(name, text), $"{options.Context} {options.Dockerfile}") { Tree = new FolderTree(reader, ignore, digests) };
        context._readers.Add(reader);
        return context;
    }

    /// <summary>A folder of this machine as a named context.</summary>
    public FolderTree Open(string folder, StatCache digests)
    {
        var reader = new FolderReader(folder);
        lock (_readers) _readers.Add(reader);
        var ignored = Path.Combine(folder, ".dockerignore");
        return new FolderTree(reader, File.Exists(ignored) ? IgnoreFile.Parse(".dockerignore", File.ReadAllBytes(ignored)) : IgnoreMatcher.None, digests);
    }

    public void Dispose()
    {
        foreach (var reader in _readers) reader.Dispose();
    }

    private static async Task<(byte[] Text, string Name, string? Path)> DockerfileAsync(BuildOptions options, string folder, CancellationToken cancellationToken)
    {
        if (options.Dockerfile == "-")
        {
            using var text = new MemoryStream();
            await options.Input.CopyToAsync(text, cancellationToken).ConfigureAwait(false);
            return (text.ToArray(), "Dockerfile", null);
        }
        var path = options.Dockerfile is { } given
            ? ((string[])[Path.GetFullPath(given, options.WorkingFolder), Path.GetFullPath(given, folder)]).FirstOrDefault(File.Exists)
            : Names.Select(n => Path.Combine(folder, n)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            var name = options.Dockerfile ?? "Dockerfile";
            throw new BuildException($"failed to read dockerfile: open {name}: no such file or directory",
                options.Dockerfile is null ? $"there is none in {options.Context}; name another one with -f" : "-f is relative to the current folder, or to the context");
        }
        if (new FileInfo(path).Length > MaxDockerfile) throw new BuildException($"{path} is no Dockerfile: it has more than {MaxDockerfile} bytes");
        return (await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false), options.Dockerfile ?? Path.GetFileName(path), path);
    }

    /// <summary>Patterns beside the Dockerfile come before those of the context.</summary>
    private static async Task<IgnoreMatcher> IgnoreAsync(string folder, string? dockerfile, CancellationToken cancellationToken)
    {
        string?[] files = [dockerfile is null ? null : dockerfile + ".dockerignore", Path.Combine(folder, ".dockerignore"), Path.Combine(folder, ".containerignore")];
        if (files.FirstOrDefault(File.Exists) is not { } found) return IgnoreMatcher.None;
        return IgnoreFile.Parse(Path.GetFileName(found), Encoding.UTF8.GetString(await File.ReadAllBytesAsync(found, cancellationToken).ConfigureAwait(false)));
    }
}
