using Strata.Containers.Files;
using Strata.Containers.Kernel;
using Strata.Containers.Records;
using Strata.Containers.Rootfs;
using Strata.Layers;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>
    /// Does something with the files of a container as it sees them itself, its volumes among them. One that does not run is mounted meanwhile,
    /// and cannot be started.
    /// </summary>
    /// <param name="action">Gets the folder that is the container's root; no link below it may be followed as if it were of this host.</param>
    public async Task<T> WithFilesAsync<T>(string nameOrId, Func<ContainerRecord, string, Task<T>> action, CancellationToken cancellationToken)
    {
        var found = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        if (IsActive(found)) return await action(found, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"/proc/{found.State.Pid}/root")).ConfigureAwait(false);
        return await WithRootAsync(found, async (folder, record) =>
        {
            foreach (var mount in record.Spec.Mounts.OrderBy(m => m.Target.Length)) await MountHereAsync(folder, mount, cancellationToken).ConfigureAwait(false);
            return await action(record, folder.Root).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the container's root file system as a tar, without what is mounted into it.</summary>
    public async Task ExportAsync(string nameOrId, Stream tar, CancellationToken cancellationToken)
    {
        var found = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var options = new FolderLayerOptions();
        if (IsActive(found))
        {
            await Task.Run(() => TreeTar.WriteFolder(tar, _folders.Of(found.Id).Root, options, cancellationToken), cancellationToken).ConfigureAwait(false);
            return;
        }
        await WithRootAsync(found, async (folder, _) =>
        {
            await Task.Run(() => TreeTar.WriteFolder(tar, folder.Root, options, cancellationToken), cancellationToken).ConfigureAwait(false);
            return true;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the container has added, changed and deleted in its root file system, by path.</summary>
    public async Task<IReadOnlyList<ContainerChange>> ChangesAsync(string nameOrId, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var entries = TreeTar.Entries(_folders.Of(record.Id).Upper, new FolderLayerOptions { IsOverlay = true }, cancellationToken);
        return new ContainerChanges(TreeOf(record), PlacesOf(record)).Of(entries);
    }

    /// <summary>
    /// Writes what the container has changed as a layer into the store. Hold a lease of the store until an image names it.
    /// </summary>
    /// <param name="pause">One that runs stands still meanwhile.</param>
    public async Task<WrittenLayer> WriteLayerAsync(string nameOrId, bool pause, CancellationToken cancellationToken)
    {
        var record = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var pauses = pause && record.State.Status == ContainerStatus.Running;
        if (pauses) await PauseAsync(record.Id, cancellationToken).ConfigureAwait(false);
        try
        {
            var tree = TreeOf(record);
            var options = new FolderLayerOptions { IsOverlay = true, Without = [.. PlacesOf(record).Where(p => tree.Find(p) is null)] };
            return await Task.Run(() => LayerWriter.FromFolder(_store, _folders.Of(record.Id).Upper, options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (pauses) await UnpauseAsync(record.Id, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private LayeredTree TreeOf(ContainerRecord record) => new([.. record.Image.DiffIds.Select(d => LayerIndex.TryLoad(_store.Layers, d)
        ?? throw new ContainerException($"the index of the layer {d.Short} is missing", "pull the image again, or run `strata repair`"))]);

    private static string[] PlacesOf(ContainerRecord record) => [.. MountPlaces.Always, .. record.Spec.Mounts.Select(m => TreePath.Normal(m.Target))];

    private async Task<T> WithRootAsync<T>(ContainerRecord found, Func<ContainerFolder, ContainerRecord, Task<T>> action, CancellationToken cancellationToken)
    {
        RequireRoot();
        var folder = _folders.Of(found.Id);
        using var held = folder.TakeLock();
        var record = folder.TryRead() ?? throw NoSuch(found.Name);
        record = await SettleHeldAsync(folder, record, cancellationToken).ConfigureAwait(false) ?? throw NoSuch(found.Name);
        if (IsActive(record)) throw new ContainerException($"the container {record.Name} was started meanwhile", "try again");
        // Its being there says that something may be mounted: whoever is killed now, the next verb takes it away.
        Directory.CreateDirectory(folder.RuntimeState);
        try
        {
            Mount(folder, record);
            return await action(folder, record).ConfigureAwait(false);
        }
        finally
        {
            MountTable.UnmountAll(folder.Root);
            Directory.Delete(folder.RuntimeState, recursive: true);
        }
    }

    private async Task MountHereAsync(ContainerFolder folder, MountSpec mount, CancellationToken cancellationToken)
    {
        if (mount.Kind == MountKind.Tmpfs || mount.Subpath.Length > 0) return;
        var source = mount.Kind == MountKind.Volume ? Volumes.PathOf(Volumes.Find(mount.Source)) : mount.Source;
        if (!Path.Exists(source)) return;
        using var place = RootedPath.TryOpen(folder.Root, mount.Target) ?? await MakePlaceAsync(folder, mount, source, cancellationToken).ConfigureAwait(false);
        if (place.IsFolder != Directory.Exists(source)) return;
        if (Libc.Mount(source, place.Path, null, Libc.MountBind | Libc.MountRecursive, null) != 0) throw Libc.Failure($"cannot mount {mount.Target}");
        if (!mount.ReadOnly) return;
        using var mounted = RootedPath.TryOpen(folder.Root, mount.Target)!;
        if (Libc.Mount("none", mounted.Path, null, Libc.MountBind | Libc.MountRemount | Libc.MountReadOnly, null) != 0) throw Libc.Failure($"cannot mount {mount.Target} read-only");
    }

    private static async Task<RootedPath> MakePlaceAsync(ContainerFolder folder, MountSpec mount, string source, CancellationToken cancellationToken)
    {
        var empty = Directory.CreateDirectory(folder.Below("place"));
        if (!Directory.Exists(source)) await File.WriteAllBytesAsync(Path.Combine(empty.FullName, "file"), [], cancellationToken).ConfigureAwait(false);
        var options = new FolderLayerOptions { Below = TreePath.Normal(mount.Target), WithRoot = true, OwnedByRoot = true };
        await TreeCopy.RunAsync(
            tar =>
            {
                if (Directory.Exists(source)) TreeTar.WriteFolder(tar, empty.FullName, options, cancellationToken);
                else TreeTar.WriteOne(tar, empty.FullName, "file", options, cancellationToken);
            },
            tar => TreeTar.ExtractAsync(tar, folder.Root, e => e, UnpackOptions.Default, cancellationToken)).ConfigureAwait(false);
        empty.Delete(recursive: true);
        return RootedPath.TryOpen(folder.Root, mount.Target) ?? throw new ContainerException($"cannot make {mount.Target} in the container");
    }
}
