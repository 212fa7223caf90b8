using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Build.Dockerfiles;
using Strata.Build.Steps;
using Strata.Content;

namespace Strata.Build.Cache;

/// <summary>Folders that RUN keeps from build to build: <c>--mount=type=cache</c>, below the store's <c>builds/mounts</c>.</summary>
internal sealed class CacheMounts(string root)
{
    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
    private readonly string _folder = Path.Combine(root, "builds", "mounts");

    /// <summary>The folder of an ID, made when it is not there.</summary>
    /// <param name="seed">What a new one begins with; null for nothing.</param>
    /// <returns>The folder, and what holds it while a process uses it.</returns>
    public (string Folder, IDisposable Held) Open(string id, CacheSharing sharing, string? seed, int mode, int uid, int gid)
    {
        Directory.CreateDirectory(_folder);
        var name = NameOf(id);
        for (var copy = 0; ; copy++)
        {
            var folder = Path.Combine(_folder, copy == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{copy}"));
            var held = sharing switch
            {
                CacheSharing.Shared => FileLock.Shared(folder + ".lock"),
                CacheSharing.Locked => FileLock.Exclusive(folder + ".lock"),
                // Of its own: one that nobody has now.
                _ => FileLock.TryExclusive(folder + ".lock"),
            };
            if (held is null) continue;
            if (!Directory.Exists(folder)) Make(folder, seed, mode, uid, gid);
            File.SetLastWriteTimeUtc(folder + ".lock", TimeProvider.System.GetUtcNow().UtcDateTime);
            return (folder, held);
        }
    }

    /// <summary>What the folder of an ID is called.</summary>
    public static string NameOf(string id) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));

    public bool Has(string name) => Directory.Exists(Path.Combine(_folder, name));

    /// <summary>A folder by its name, while nobody has it for himself.</summary>
    public (string Folder, IDisposable Held) Hold(string name) => (Path.Combine(_folder, name), FileLock.Shared(Path.Combine(_folder, name) + ".lock"));

    /// <summary>Gives a folder from elsewhere a name, unless somebody was first.</summary>
    /// <param name="name">As <see cref="NameOf"/> makes it; anything else is not taken.</param>
    public void Take(string name, string folder)
    {
        if (name.Length != 2 * SHA256.HashSizeInBytes || name.AsSpan().ContainsAnyExcept("0123456789abcdef")) return;
        Directory.CreateDirectory(_folder);
        using var held = FileLock.Exclusive(Path.Combine(_folder, name) + ".lock");
        if (!Has(name)) Directory.Move(folder, Path.Combine(_folder, name));
    }

    /// <summary>The folders, with the bytes of files in them and when a step last had them.</summary>
    public IEnumerable<(string Name, long Bytes, DateTime LastUsed)> All()
    {
        if (!Directory.Exists(_folder)) yield break;
        foreach (var folder in new DirectoryInfo(_folder).EnumerateDirectories())
            if (File.Exists(folder.FullName + ".lock")) yield return (folder.Name, folder.EnumerateFiles("*", Everything).Sum(f => f.Length), File.GetLastWriteTimeUtc(folder.FullName + ".lock"));
    }

    /// <summary>False when a process uses the folder.</summary>
    public bool TryRemove(string name, bool dryRun)
    {
        using var held = FileLock.TryExclusive(Path.Combine(_folder, name) + ".lock");
        if (held is null) return false;
        if (!dryRun) Directory.Delete(Path.Combine(_folder, name), recursive: true);
        return true;
    }

    /// <summary>Removes the folders that no process uses.</summary>
    /// <returns>Bytes of files in them.</returns>
    public long RemoveUnused(bool dryRun)
    {
        long freed = 0;
        foreach (var (name, bytes, _) in All().ToArray())
            if (TryRemove(name, dryRun)) freed += bytes;
        return freed;
    }

    private static void Make(string folder, string? seed, int mode, int uid, int gid)
    {
        var made = $"{folder}.{Path.GetRandomFileName()}";
        if (seed is not null) Directory.Move(seed, made);
        else Directory.CreateDirectory(made);
        Owners.Set(made, uid, gid);
        File.SetUnixFileMode(made, (UnixFileMode)mode);
        try
        {
            Directory.Move(made, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            Directory.Delete(made, recursive: true); // another build was first
        }
    }
}
