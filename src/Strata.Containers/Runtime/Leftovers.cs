using System.Globalization;
using Strata.Containers.Kernel;
using Strata.Containers.Records;

namespace Strata.Containers.Runtime;

/// <summary>What is left on the host of a container whose monitor or runtime was killed.</summary>
internal static class Leftovers
{
    private static readonly string[] Controllers = ["memory", "cpu", "cpuacct", "cpuset", "devices", "freezer", "blkio", "pids", "systemd", "unified", "net_cls", "net_prio", "perf_event", "hugetlb", "rdma", "misc"];

    /// <summary>Ends the monitor and the runtimes that work on the container: their command lines have its ID.</summary>
    public static void KillMonitor(ContainerFolder folder)
    {
        foreach (var (process, _) in AtWork(folder)) _ = Libc.Kill(process, Signals.Kill);
    }

    /// <summary>Whether a runtime is busy with the container, besides the monitor.</summary>
    public static bool IsRuntimeAtWork(ContainerFolder folder) => AtWork(folder).Any(p => Path.GetFileName(p.Program) != "conmon");

    private static IEnumerable<(int Process, string Program)> AtWork(ContainerFolder folder)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => char.IsAsciiDigit(n![0])))
        {
            var words = Words(process!);
            if (words.Contains(folder.RuntimeState, StringComparer.Ordinal) && words.Contains(folder.Id, StringComparer.Ordinal))
                yield return (int.Parse(process!, CultureInfo.InvariantCulture), words[0]);
        }
    }

    private static string[] Words(string process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended meanwhile
        }
    }

    /// <summary>Removes the container's control groups with the processes in them. After an orderly end there are none.</summary>
    public static void RemoveGroups(string id)
    {
        foreach (var controller in Cgroups.IsUnified ? [""] : Controllers)
        {
            var folder = Cgroups.Folder(controller, id);
            if (Directory.Exists(folder)) Remove(folder);
        }
    }

    private static void Remove(string folder)
    {
        foreach (var below in Directory.EnumerateDirectories(folder)) Remove(below);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, "cgroup.procs")))
                if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && process > 0) WaitFor(process);
            if (Libc.RemoveFolder(folder) == 0 || Libc.Error == Libc.NoEntry) return;
        }
    }

    private static void WaitFor(int process)
    {
        var descriptor = Libc.OpenProcess(process);
        if (descriptor < 0) return;
        _ = Libc.Kill(process, Signals.Kill);
        _ = Libc.IsReadable(descriptor, 1000);
        _ = Libc.Close(descriptor);
    }
}
