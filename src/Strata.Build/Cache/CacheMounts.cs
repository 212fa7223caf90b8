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
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
    private readonly string _folder = Path.Combine(root, "builds", "mounts");

    /// <summary>The folder of an ID, made when it is not there.</summary>
    /// <param name="seed">What a new one begins with; null for nothing.</param>
    /// <returns>The folder, and what holds it while a process uses it.</returns>
    public (string Folder, IDisposable Held) Open(string id, CacheSharing sharing, string? seed, int mode, int uid, int gid)
    {
        Directory.CreateDirectory(_folder);
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
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
            return (folder, held);
        }
    }

    /// <summary>Removes the folders that no process uses.</summary>
    /// <returns>Bytes of files in them.</returns>
    public long RemoveUnused(bool dryRun)
    {
        if (!Directory.Exists(_folder)) return 0;
        long freed = 0;
        foreach (var path in Directory.EnumerateFiles(_folder, "*.lock").ToArray())
        {
            using var held = FileLock.TryExclusive(path);
            var folder = path[..^".lock".Length];
            if (held is null || !Directory.Exists(folder)) continue;
            freed += new DirectoryInfo(folder).EnumerateFiles("*", All).Sum(f => f.Length);
            if (!dryRun) Directory.Delete(folder, recursive: true);
        }
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
