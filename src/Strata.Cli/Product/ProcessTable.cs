using System.Globalization;
using System.Runtime.InteropServices;

namespace Strata.Cli.Product;

/// <summary>What /proc says of processes. proc(5), /proc/pid/stat.</summary>
internal static partial class ProcessTable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    /// <summary>Clock ticks between boot and the process's start; null when there is no such process, or only its exit code is left.</summary>
    public static long? StartTime(int pid) => Fields(pid) is { } f && f[0] != "Z" ? long.Parse(f[19], CultureInfo.InvariantCulture) : null;

    /// <summary>The processes of a session, its head among them.</summary>
    public static IEnumerable<int> OfSession(int session)
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && Fields(pid) is { } f && f[3] == session.ToString(CultureInfo.InvariantCulture)) yield return pid;
        }
    }

    public static void Terminate(int pid) => _ = Signal(pid, SigTerm);

    public static void Kill(int pid) => _ = Signal(pid, SigKill);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int pid, int signal);

    /// <summary>The fields from the state on: the name before them is in brackets and may hold anything.</summary>
    private static string[]? Fields(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
