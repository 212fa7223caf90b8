using System.Globalization;
using Strata.Containers.Files;
using Strata.Containers.Kernel;

namespace Strata.Containers.Volumes;

/// <summary>
/// A folder in a volume as a source of its own: mounted by the descriptor that was found, so that nobody who has the volume, too, can put a
/// link into its place in between.
/// </summary>
/// <param name="folder">Of one container; below it are the places.</param>
internal sealed class SubpathMounts(string folder)
{
    /// <returns>The path that the runtime mounts.</returns>
    /// <exception cref="ContainerException">The volume has no such folder.</exception>
    public string Mount(string volumePath, string subpath)
    {
        using var found = RootedPath.TryOpen(volumePath, subpath)
            ?? throw new ContainerException($"cannot access path {Path.Combine(volumePath, subpath)}: no such file or directory", "make it in the volume first; no link leads out of a volume");
        Directory.CreateDirectory(folder);
        var place = Path.Combine(folder, Directory.EnumerateFileSystemEntries(folder).Count().ToString(CultureInfo.InvariantCulture));
        if (found.IsFolder) Directory.CreateDirectory(place);
        else File.WriteAllBytes(place, []);
        if (Libc.Mount(found.Path, place, null, Libc.MountBind | Libc.MountRecursive, null) != 0) throw Libc.Failure($"cannot mount {subpath} of a volume");
        return place;
    }

    /// <summary>Calling it again is harmless.</summary>
    public void RemoveAll()
    {
        if (!Directory.Exists(folder)) return;
        foreach (var place in Directory.GetFileSystemEntries(folder)) MountTable.UnmountAll(place);
        Directory.Delete(folder, recursive: true);
    }
}
