using System.Text.Json;
using Strata.Content;

namespace Strata.Containers.Records;

/// <summary>The folder of one container: its record, its changes, its bundle and what the monitor leaves there.</summary>
internal sealed class ContainerFolder(string path, string id)
{
    public string Id => id;

    /// <summary>The bundle, too: config.json, and the monitor's socket and pipes.</summary>
    public string Path => path;

    public string Record => Below("container.json");

    public string Lock => Below("lock");

    /// <summary>What the container has changed.</summary>
    public string Upper => Below("upper");

    public string Work => Below("work");

    /// <summary>Where the root file system is mounted while it runs.</summary>
    public string Root => Below("rootfs");

    public string Config => Below("config.json");

    /// <summary>The runtime's own state. It is made first and removed last: where it is, something may be running, or left.</summary>
    public string RuntimeState => Below("runtime");

    public string Exits => Below("exits");

    /// <summary>The exit code, written by the monitor.</summary>
    public string ExitFile => System.IO.Path.Combine(Exits, id);

    public string PidFile => Below("pid");

    public string MonitorPidFile => Below("monitor.pid");

    public string MonitorLog => Below("monitor.log");

    public string Log => Below("log");

    /// <summary>What is mounted over files of /etc: hosts, hostname, resolv.conf.</summary>
    public string Etc => Below("etc");

    public string Execs => Below("execs");

    public string Below(string name) => System.IO.Path.Combine(path, name);

    /// <exception cref="ContainerException">There is no such container any more.</exception>
    public FileLock TakeLock()
    {
        try
        {
            return FileLock.Exclusive(Lock);
        }
        catch (IOException e) when (!Directory.Exists(path))
        {
            throw new ContainerException($"No such container: {id}", "`strata ps -a` lists them", e) { Fault = ContainerFault.NoSuchContainer };
        }
    }

    /// <summary>Null when it is gone, or not yet whole.</summary>
    public ContainerRecord? TryRead()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Record), ContainerJson.Default.ContainerRecord);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (JsonException e)
        {
            throw new ContainerException($"the record of the container {id[..12]} is damaged: {e.Message}", $"remove the container's folder by hand: {path}", e);
        }
    }

    /// <summary>
    /// Replaces the record whole. What was asked for shall outlive a power cut; what has become of it is found out anew after one.
    /// </summary>
    public void Write(ContainerRecord record, bool durable)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(record, ContainerJson.Default.ContainerRecord);
        if (durable)
        {
            DurableFile.Write(Record, bytes);
            return;
        }
        var temporary = Record + ".new";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, Record, overwrite: true);
    }
}
