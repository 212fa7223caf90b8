using Strata.Containers.Records;
using Strata.Containers.Volumes;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>The volumes of the same store.</summary>
    public ContainerVolumes Volumes { get; }

    /// <summary>The containers that have a volume, running or not, by their IDs.</summary>
    public IReadOnlyList<string> UsersOf(string volume) =>
        [.. _folders.All().Where(f => f.TryRead()?.Spec.Mounts.Any(m => m.Kind == MountKind.Volume && m.Source == volume) == true).Select(f => f.Id)];

    /// <summary>Names the volumes that have none, and makes those that are not there.</summary>
    private ContainerRecord PrepareVolumes(ContainerRecord record) => record with { Spec = record.Spec with { Mounts = Volumes.Prepare(record.Spec.Mounts) } };

    /// <summary>Those that were made for this container, and that no other has.</summary>
    private void RemoveVolumes(ContainerRecord record)
    {
        foreach (var mount in record.Spec.Mounts.Where(m => m is { Kind: MountKind.Volume, Anonymous: true }))
            if (Volumes.TryFind(mount.Source) is not null && UsersOf(mount.Source).Count == 0) Volumes.Remove(mount.Source, UsersOf);
    }

    /// <summary>At a container's first start; the root file system is mounted.</summary>
    private async Task FillVolumesAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        if (record.State.Started is not null) return;
        foreach (var mount in record.Spec.Mounts) await Volumes.FillAsync(mount, folder.Root, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What to mount, by the place in the container.</summary>
    private Dictionary<string, string> VolumePaths(ContainerFolder folder, ContainerRecord record)
    {
        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mount in record.Spec.Mounts.Where(m => m.Kind == MountKind.Volume))
        {
            var path = Volumes.PathOf(Volumes.Find(mount.Source));
            paths[mount.Target] = mount.Subpath.Length == 0 ? path : SubpathsOf(folder).Mount(path, mount.Subpath);
        }
        return paths;
    }

    private static SubpathMounts SubpathsOf(ContainerFolder folder) => new(folder.Below("subpaths"));

    private static void CheckSources(ContainerRecord record)
    {
        foreach (var mount in record.Spec.Mounts.Where(m => m.Kind == MountKind.Bind && !Path.Exists(m.Source)))
        {
            if (!mount.CreateSource) throw NotMountable($"invalid mount config for type \"bind\": bind source path does not exist: {mount.Source}", "make it first, or let -v make a folder there");
            Directory.CreateDirectory(mount.Source);
        }
    }
}
