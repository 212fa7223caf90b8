using System.Runtime.InteropServices;
using System.Text;
using Strata.Containers.Files;
using Strata.Containers.Kernel;
using Strata.Content;
using Strata.Layers;

namespace Strata.Containers.Volumes;

public sealed partial class ContainerVolumes
{
    /// <summary>
    /// Names the volumes that have no name, makes those that are not there, and folders of the host that -v may make.
    /// </summary>
    /// <exception cref="ContainerException">A volume cannot be made, or two mounts have one place.</exception>
    public IReadOnlyList<MountSpec> Prepare(IReadOnlyList<MountSpec> mounts)
    {
        var places = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mount in mounts)
            if (!places.Add(mount.Target.TrimEnd('/'))) throw new ContainerException($"Duplicate mount point: {mount.Target}");
        return [.. mounts.Select(Prepared)];
    }

    private MountSpec Prepared(MountSpec mount)
    {
        if (mount.Kind == MountKind.Bind && mount.CreateSource && !Path.Exists(mount.Source)) Directory.CreateDirectory(mount.Source);
        if (mount.Kind != MountKind.Volume) return mount;
        var volume = Create(new VolumeOptions { Name = mount.Source.Length == 0 ? null : mount.Source, Options = mount.VolumeOptions });
        return mount with { Source = volume.Name, Anonymous = mount.Anonymous || mount.Source.Length == 0 };
    }

    /// <summary>
    /// Gives an empty volume what the image has at its place, with owners, modes, links and attributes, and the place's own owner and mode. It is
    /// all there, or nothing.
    /// </summary>
    /// <param name="rootfs">The container's root file system, mounted.</param>
    public async Task FillAsync(MountSpec mount, string rootfs, CancellationToken cancellationToken)
    {
        if (mount.Kind != MountKind.Volume || mount.NoCopy || mount.Subpath.Length > 0) return;
        var volume = Find(mount.Source);
        if (volume.Options.Count > 0) return;
        using var held = FileLock.Exclusive(Path.Combine(Folder, volume.Name, "lock"));
        var data = PathOf(volume);
        if (Directory.EnumerateFileSystemEntries(data).Any()) return;
        using var place = RootedPath.TryOpenFolder(rootfs, mount.Target);
        if (place is null) return;
        var filling = data + ".filling";
        if (Directory.Exists(filling)) Directory.Delete(filling, recursive: true);
        Directory.CreateDirectory(filling);
        await TreeCopy.RunAsync(
            tar => TreeTar.WriteFolder(tar, place.Path, new FolderLayerOptions { WithRoot = true }, cancellationToken),
            tar => TreeTar.ExtractAsync(tar, filling, e => e, new UnpackOptions { KeepsOwners = true }, cancellationToken)).ConfigureAwait(false);
        // Over the empty folder: rename(2) takes its place in one step.
        if (Rename(Encoding.UTF8.GetBytes(filling + "\0"), Encoding.UTF8.GetBytes(data + "\0")) != 0) throw Libc.Failure($"cannot fill the volume {volume.Name}");
    }

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true)]
    private static partial int Rename(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to);
}
