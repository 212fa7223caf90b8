using System.Globalization;

namespace Strata.Containers.Networks;

/// <summary>Which process holds a port of the host, by what /proc tells.</summary>
internal static class PortHolder
{
    /// <summary>As <c>nginx (process 1234)</c>; null where it is not told.</summary>
    public static string? Of(string protocol, int port)
    {
        var sockets = new HashSet<string>(StringComparer.Ordinal);
        foreach (var table in new[] { protocol, protocol + "6" })
        {
            var path = $"/proc/net/{table}";
            if (!File.Exists(path)) continue;
            foreach (var line in File.ReadLines(path).Skip(1))
            {
                var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var isBound = protocol == "udp" || fields[3] == "0A"; // a TCP socket that listens
                if (isBound && fields[1].EndsWith($":{port:X4}", StringComparison.Ordinal)) sockets.Add($"socket:[{fields[9]}]");
            }
        }
        return sockets.Count == 0 ? null : Directory.EnumerateDirectories("/proc").Where(IsProcess).Select(p => Holds(p, sockets)).FirstOrDefault(h => h is not null);
    }

    private static bool IsProcess(string folder) => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string? Holds(string process, HashSet<string> sockets)
    {
        try
        {
            foreach (var descriptor in Directory.EnumerateFiles(Path.Combine(process, "fd")))
            {
                if (new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target))
                    return $"{File.ReadAllText(Path.Combine(process, "comm")).Trim()} (process {Path.GetFileName(process)})";
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has ended, or is somebody else's.
        }
        return null;
    }
}
