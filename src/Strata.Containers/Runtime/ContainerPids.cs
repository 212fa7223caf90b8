using System.Globalization;

namespace Strata.Containers.Runtime;

/// <summary>The processes of a container's control group, and of those below it.</summary>
internal static class ContainerPids
{
    public static IEnumerable<int> Of(ContainerRecord record)
    {
        var folder = Cgroups.Folder("pids", record.Id);
        if (!Directory.Exists(folder)) folder = Cgroups.Folder("memory", record.Id);
        if (!Directory.Exists(folder)) return [record.State.Pid];
        return Directory.EnumerateFiles(folder, "cgroup.procs", SearchOption.AllDirectories).SelectMany(File.ReadLines)
            .Select(l => int.Parse(l, NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
