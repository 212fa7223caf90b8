using System.Globalization;
using Strata.Content;

namespace Strata.Build.Trees;

/// <summary>
/// A folder of one build below the store's <c>builds</c>, gone when the build ends. What killed builds left goes with the next one: the kernel gave up
/// their locks.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private readonly FileLock _lock;
    private int _next;

    public WorkFolder(string builds)
    {
        var parent = Directory.CreateDirectory(System.IO.Path.Combine(builds, "work")).FullName;
        Path = System.IO.Path.Combine(parent, System.IO.Path.GetRandomFileName());
        _lock = FileLock.Exclusive(Path + ".lock");
        Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    /// <summary>A path that nothing has yet.</summary>
    public string NewPath() => System.IO.Path.Combine(Path, Interlocked.Increment(ref _next).ToString(CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        File.Delete(Path + ".lock");
        _lock.Dispose();
    }

    /// <param name="end">Ends what a process left in a folder: a file system that is still mounted must not be walked through.</param>
    public static async Task RemoveAbandonedAsync(string builds, Func<string, Task> end)
    {
        var parent = System.IO.Path.Combine(builds, "work");
        if (!Directory.Exists(parent)) return;
        foreach (var file in Directory.EnumerateFiles(parent, "*.lock").ToArray())
        {
            using var held = FileLock.TryExclusive(file);
            if (held is null) continue;
            var folder = file[..^".lock".Length];
            if (Directory.Exists(folder))
            {
                foreach (var step in Directory.EnumerateDirectories(folder).Where(d => Directory.Exists(System.IO.Path.Combine(d, "runtime")) || Directory.Exists(System.IO.Path.Combine(d, "rootfs"))).ToArray())
                    await end(step).ConfigureAwait(false);
                Directory.Delete(folder, recursive: true);
            }
            File.Delete(file);
        }
    }
}
