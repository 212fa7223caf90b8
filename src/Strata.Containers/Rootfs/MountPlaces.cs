namespace Strata.Containers.Rootfs;

/// <summary>
/// What the runtime makes in a root file system to mount on: files of /etc, /dev, /proc, the targets of mounts. They are no change that a step made, and
/// are taken away again where they are still empty.
/// </summary>
internal sealed class MountPlaces(string upper)
{
    /// <summary>What the runtime mounts over whatever is asked for.</summary>
    public static readonly string[] Always = ["etc/hosts", "etc/hostname", "etc/resolv.conf", "dev", "proc", "sys"];

    private readonly List<string> _missing = [];

    /// <summary>Keeps which of them are not in the layers. The root file system is mounted, and nobody changes it yet.</summary>
    public void Note(string root, StepSpec step)
    {
        foreach (var target in Always.Concat(step.Mounts.Select(m => m.Target.Trim('/'))).Append(step.WorkingDir.Trim('/')).Where(t => t.Length > 0))
        {
            // The folders on the way, too: the deepest first at the end.
            for (var at = target; at.Length > 0; at = Path.GetDirectoryName(at)!)
            {
                if (!IsThere(Path.Combine(root, at)) && !_missing.Contains(at, StringComparer.Ordinal) && at != step.WorkingDir.Trim('/')) _missing.Add(at);
            }
        }
        _missing.Sort((a, b) => b.Length.CompareTo(a.Length));
    }

    public void Remove()
    {
        foreach (var place in _missing)
        {
            if (IsBelowLink(place)) continue;
            var path = Path.Combine(upper, place);
            if (File.Exists(path) && new FileInfo(path) is { Length: 0, LinkTarget: null }) File.Delete(path);
            else if (new DirectoryInfo(path) is { Exists: true, LinkTarget: null } && !Directory.EnumerateFileSystemEntries(path).Any()) Directory.Delete(path);
        }
    }

    /// <summary>A step may put a link to anywhere in the place of a folder.</summary>
    private bool IsBelowLink(string place)
    {
        for (var at = Path.GetDirectoryName(place)!; at.Length > 0; at = Path.GetDirectoryName(at)!)
            if (new FileInfo(Path.Combine(upper, at)).LinkTarget is not null) return true;
        return false;
    }

    private static bool IsThere(string path) => Path.Exists(path) || new FileInfo(path).LinkTarget is not null;
}
