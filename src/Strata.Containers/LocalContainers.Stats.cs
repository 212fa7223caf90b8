using System.Globalization;
using Strata.Containers.Runtime;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>What a running container uses now; all zero when it has ended meanwhile.</summary>
    public ContainerStats Stats(ContainerRecord record)
    {
        var unified = Cgroups.IsUnified;
        var memory = Cgroups.Folder("memory", record.Id);
        var used = unified ? Number(memory, "memory.current") : Number(memory, "memory.usage_in_bytes");
        var cache = unified ? Field(memory, "memory.stat", "inactive_file") : Field(memory, "memory.stat", "total_inactive_file");
        var host = Field("/proc", "meminfo", "MemTotal:") * 1024;
        var limit = record.Spec.Resources.Memory > 0 ? record.Spec.Resources.Memory : host;
        var (read, written) = BlockIO(record.Id, unified);
        var (received, sent) = Network(record.State.Pid);
        return new ContainerStats
        {
            Time = _clock.GetUtcNow(),
            CpuTime = unified
                ? TimeSpan.FromMicroseconds(Field(Cgroups.Folder("", record.Id), "cpu.stat", "usage_usec"))
                : TimeSpan.FromMicroseconds(Number(Cgroups.Folder("cpuacct", record.Id), "cpuacct.usage") / 1000.0),
            Memory = Math.Max(0, used - cache),
            MemoryLimit = Math.Min(limit, host),
            Processes = ContainerPids.Of(record).Count(),
            BlockRead = read,
            BlockWritten = written,
            NetworkReceived = received,
            NetworkSent = sent,
        };
    }

    private static (long Read, long Written) BlockIO(string id, bool unified)
    {
        long read = 0, written = 0;
        foreach (var line in Lines(Path.Combine(Cgroups.Folder("blkio", id), unified ? "io.stat" : "blkio.throttle.io_service_bytes")))
        {
            foreach (var word in unified ? line.Split(' ') : [line])
            {
                if (unified && word.StartsWith("rbytes=", StringComparison.Ordinal)) read += long.Parse(word[7..], CultureInfo.InvariantCulture);
                if (unified && word.StartsWith("wbytes=", StringComparison.Ordinal)) written += long.Parse(word[7..], CultureInfo.InvariantCulture);
                if (unified || word.Split(' ') is not [_, var kind, var bytes]) continue;
                if (kind == "Read") read += long.Parse(bytes, CultureInfo.InvariantCulture);
                if (kind == "Write") written += long.Parse(bytes, CultureInfo.InvariantCulture);
            }
        }
        return (read, written);
    }

    /// <summary>Of all interfaces of the container's own network but the loopback.</summary>
    private static (long Received, long Sent) Network(int pid)
    {
        long received = 0, sent = 0;
        foreach (var line in Lines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/net/dev")).Skip(2))
        {
            var fields = line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 10 || fields[0] == "lo") continue;
            received += long.Parse(fields[1], CultureInfo.InvariantCulture);
            sent += long.Parse(fields[9], CultureInfo.InvariantCulture);
        }
        return (received, sent);
    }

    private static long Number(string folder, string file) => Lines(Path.Combine(folder, file)) is [var line, ..] && long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static long Field(string folder, string file, string name) =>
        Array.Find(Lines(Path.Combine(folder, file)), l => l.StartsWith(name, StringComparison.Ordinal) && l.Length > name.Length && l[name.Length] == ' ')?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, var value, ..]
            ? long.Parse(value, CultureInfo.InvariantCulture) : 0;

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // the controller is not there, or the container has ended
        }
    }
}
