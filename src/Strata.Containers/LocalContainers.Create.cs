using Strata.Containers.Records;
using Strata.Containers.Rootfs;
using Strata.Content;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>
    /// Makes a container, which does not run yet. The image's layers must be unpacked, and the caller holds a lease of the store since it looked for
    /// the image. When this returns, the container is there whole; if it fails, nothing of it is.
    /// </summary>
    /// <exception cref="ContainerException">The name is in use, or something cannot be as asked for.</exception>
    public ContainerRecord Create(ContainerRequest request)
    {
        RequireRoot();
        _folders.Prepare();
        var spec = request.OnImage();
        CheckMounts(spec);
        if (spec.Entrypoint.Count + spec.Command.Count == 0) throw new ContainerException("No command specified", "the image has none; name one behind the image");
        var layers = LayerFolders.Of(_store, request.Image.DiffIds, _folders.Corrections);
        var id = ContainerNames.NewId();
        var making = _folders.Making(id);
        Directory.CreateDirectory(making.Path);
        File.SetUnixFileMode(making.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        using var held = making.TakeLock();
        string? name = null;
        try
        {
            name = Name(request.Name, id);
            foreach (var folder in (string[])[making.Upper, making.Work, making.Root]) Directory.CreateDirectory(folder);
            // The root of the merged view is the upper folder's.
            MatchRoot(layers, making.Upper);
            var record = new ContainerRecord { Id = id, Name = name, Created = _clock.GetUtcNow(), Image = request.Image, Spec = spec };
            record = PrepareVolumes(record);
            making.Write(record, durable: !spec.AutoRemove);
            _store.Pin(PinOf(id), new ContentPin($"container {name} ({record.ShortId})", request.Image.Manifest, request.Image.DiffIds));
            Directory.Move(making.Path, _folders.Of(id).Path);
            _events.Add(record, "create");
            return record;
        }
        catch
        {
            if (name is not null) _folders.Unname(name, id);
            _store.Unpin(PinOf(id));
            if (Directory.Exists(making.Path)) Directory.Delete(making.Path, recursive: true);
            throw;
        }
    }

    private string Name(string? asked, string id)
    {
        if (asked is not null)
        {
            var wanted = ContainerNames.Check(asked.TrimStart('/'));
            return _folders.TryName(wanted, id) is { } holder ? throw NameInUse(wanted, holder) : wanted;
        }
        for (var attempt = 0; ; attempt++)
        {
            var name = ContainerNames.Random() + (attempt < 10 ? "" : Text(attempt));
            if (_folders.TryName(name, id) is null) return name;
        }
    }

    private static ContainerException NameInUse(string name, string holder) => new(
        $"Conflict. The container name \"/{name}\" is already in use by container \"{holder}\".", "You have to remove (or rename) that container to be able to reuse that name.")
    { Fault = ContainerFault.NameInUse };

    private static void MatchRoot(IReadOnlyList<string> layers, string upper)
    {
        if (layers.Count > 0 && Kernel.Libc.StatX(-100, layers[0], 0, 0x7ff, out var status) == 0)
        {
            if (Kernel.Libc.ChangeOwner(upper, status.Uid, status.Gid) != 0) throw Kernel.Libc.Failure($"cannot set the owner of {upper}");
            File.SetUnixFileMode(upper, (UnixFileMode)(status.Mode & 0xFFF));
        }
    }

    private static void CheckMounts(ContainerSpec spec)
    {
        foreach (var mount in spec.Mounts)
        {
            if (!mount.Target.StartsWith('/')) throw NotMountable($"invalid mount path: '{mount.Target}' mount path must be absolute", "begin it with a slash");
            if (mount.Target.TrimEnd('/').Length == 0) throw NotMountable("invalid volume specification: destination can't be '/'", "mount it below");
            if (spec.Mounts.Count(m => m.Target.TrimEnd('/') == mount.Target.TrimEnd('/')) > 1) throw NotMountable($"Duplicate mount point: {mount.Target}", "mount one of them elsewhere");
        }
    }

    private static ContainerException NotMountable(string message, string advice) => new(message, advice) { Fault = ContainerFault.MountNotPossible };

    /// <exception cref="ContainerException">This user cannot run containers; the message says what is lacking.</exception>
    private static void RequireRoot()
    {
        if (Environment.IsPrivilegedProcess) return;
        throw new ContainerException("containers need root on this host: mounting layers, network namespaces and control groups are root's alone",
            "run it with sudo; what needs no container (pull, ls, cat, scan, build of images without RUN) works as this user");
    }
}
