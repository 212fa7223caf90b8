using System.Globalization;

namespace Strata.Containers.Kernel;

/// <summary>What /proc says of processes.</summary>
internal static class ProcessTable
{
    private static string? _bootId;

    /// <summary>Differs after each boot.</summary>
    public static string BootId => _bootId ??= File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>In clock ticks since boot; with the number, it names one process for good. Null when there is none, or only its remains.</summary>
    public static long? StartTime(int process)
    {
        try
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // The name, in brackets, may hold anything.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool IsAlive(int process, long startTime) => process > 0 && StartTime(process) == startTime;
}
