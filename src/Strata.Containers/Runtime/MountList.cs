using System.Globalization;
using Strata.Containers.Records;

namespace Strata.Containers.Runtime;

/// <summary>All that is mounted into a container.</summary>
internal sealed class MountList(ContainerFolder folder, ContainerSpec spec, IReadOnlyDictionary<string, string> volumes)
{
    private static readonly string[] NotForPrograms = ["nosuid", "noexec", "nodev"];

    public List<RuntimeMount> All()
    {
        var mounts = new List<RuntimeMount>(Kernel());
        var asked = spec.Mounts.Select(m => m.Target.TrimEnd('/')).ToHashSet(StringComparer.Ordinal);
        foreach (var name in (string[])["resolv.conf", "hostname", "hosts"])
        {
            if (!asked.Contains("/etc/" + name)) mounts.Add(new RuntimeMount("/etc/" + name, "bind", Path.Combine(folder.Etc, name), ["rbind", "rprivate"]));
        }
        // What lies above comes first, or it would hide what lies below.
        mounts.RemoveAll(m => asked.Contains(m.Destination));
        mounts.AddRange(spec.Mounts.OrderBy(m => m.Target.Count(c => c == '/')).Select(Mount));
        return mounts;
    }

    private IEnumerable<RuntimeMount> Kernel()
    {
        var access = spec.Security.Privileged ? "rw" : "ro";
        yield return new RuntimeMount("/proc", "proc", "proc", NotForPrograms);
        yield return new RuntimeMount("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]);
        yield return new RuntimeMount("/dev/pts", "devpts", "devpts", ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]);
        yield return new RuntimeMount("/sys", "sysfs", "sysfs", [.. NotForPrograms, access]);
        yield return new RuntimeMount("/sys/fs/cgroup", "cgroup", "cgroup", [access, .. NotForPrograms]);
        yield return new RuntimeMount("/dev/mqueue", "mqueue", "mqueue", NotForPrograms);
        yield return spec.IpcMode == "host"
            ? new RuntimeMount("/dev/shm", "bind", "/dev/shm", ["rbind"])
            : new RuntimeMount("/dev/shm", "tmpfs", "shm", [.. NotForPrograms, "mode=1777", string.Create(CultureInfo.InvariantCulture, $"size={spec.ShmSize}")]);
    }

    private RuntimeMount Mount(MountSpec mount) => mount.Kind switch
    {
        MountKind.Tmpfs => new RuntimeMount(mount.Target, "tmpfs", "tmpfs", TmpfsOptions(mount)),
        MountKind.Volume => Bind(mount, volumes[mount.Target]),
        _ => Bind(mount, mount.Source),
    };

    private static RuntimeMount Bind(MountSpec mount, string source)
    {
        List<string> options = [mount.NonRecursive ? "bind" : "rbind", mount.Propagation.Length == 0 ? "rprivate" : mount.Propagation, mount.ReadOnly ? "ro" : "rw"];
        options.AddRange(mount.Options);
        return new RuntimeMount(mount.Target, "bind", source, options);
    }

    private static List<string> TmpfsOptions(MountSpec mount)
    {
        List<string> options = [.. NotForPrograms, mount.ReadOnly ? "ro" : "rw"];
        if (mount.TmpfsSize > 0) options.Add(string.Create(CultureInfo.InvariantCulture, $"size={mount.TmpfsSize}"));
        if (mount.TmpfsMode is { } mode) options.Add("mode=" + Convert.ToString(mode, 8));
        // What is said against a default takes it away: exec against noexec.
        options.RemoveAll(o => mount.Options.Contains(o.StartsWith("no", StringComparison.Ordinal) ? o[2..] : o, StringComparer.Ordinal));
        options.AddRange(mount.Options);
        return options;
    }
}
