using System.Globalization;
using Strata.Containers.Kernel;
using Strata.Containers.Records;

namespace Strata.Containers.Runtime;

/// <summary>How and when a container ended.</summary>
internal sealed record ContainerExit(int Code, DateTimeOffset Time, bool OomKilled)
{
    /// <summary>Docker's code for what nobody knows.</summary>
    public const int Unknown = 255;

    /// <summary>Null when the monitor has not written it.</summary>
    public static ContainerExit? TryRead(ContainerFolder folder)
    {
        try
        {
            var file = new FileInfo(folder.ExitFile);
            if (!file.Exists || !int.TryParse(File.ReadAllText(file.FullName), NumberStyles.Integer, CultureInfo.InvariantCulture, out var code)) return null;
            return new ContainerExit(code, new DateTimeOffset(file.LastWriteTimeUtc), File.Exists(folder.Below("oom")));
        }
        catch (IOException)
        {
            return null; // settled meanwhile
        }
    }

    /// <summary>Waits until the container has ended and the monitor has said how; null when the monitor is gone and never will.</summary>
    public static async Task<ContainerExit?> WaitAsync(ContainerFolder folder, CancellationToken cancellationToken)
    {
        var monitor = MonitorPid(folder);
        var process = monitor > 0 ? Libc.OpenProcess(monitor) : -1;
        try
        {
            using var watch = new FolderWatch(folder.Exits, Libc.Arrived);
            while (true)
            {
                // Asked before the file is looked for: whoever has ended by then has written it.
                var isWatched = process >= 0 && !Libc.IsReadable(process, 0);
                if (TryRead(folder) is { } exit) return exit;
                if (!isWatched) return null;
                await watch.WaitAsync(process, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException) when (!Directory.Exists(folder.Exits))
        {
            return TryRead(folder);
        }
        finally
        {
            if (process >= 0) _ = Libc.Close(process);
        }
    }

    /// <summary>0 when there is none.</summary>
    public static int MonitorPid(ContainerFolder folder)
    {
        try
        {
            return int.TryParse(File.ReadAllText(folder.MonitorPidFile), NumberStyles.Integer, CultureInfo.InvariantCulture, out var pid) && IsMonitorOf(pid, folder.Id) ? pid : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Numbers of processes are given again.</summary>
    private static bool IsMonitorOf(int process, string id)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/cmdline")).Contains(id, StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
