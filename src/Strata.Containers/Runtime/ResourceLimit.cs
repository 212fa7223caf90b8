using System.Globalization;
using System.Runtime.InteropServices;
using Strata.Containers.Kernel;

namespace Strata.Containers.Runtime;

/// <summary>Limits of processes (setrlimit(2)). Nobody can give more than the host's hard limit, unless with CAP_SYS_RESOURCE.</summary>
internal static class ResourceLimit
{
    /// <summary>By their numbers in the kernel's generic list.</summary>
    private static readonly string[] Names =
        ["cpu", "fsize", "data", "stack", "core", "rss", "nproc", "nofile", "memlock", "as", "locks", "sigpending", "msgqueue", "nice", "rtprio", "rttime"];

    /// <summary>Docker's and podman's, as far as this host allows.</summary>
    private const long DefaultFiles = 1_048_576;

    /// <exception cref="FormatException">There is no such limit.</exception>
    public static Ulimit Parse(string text)
    {
        var (name, rest) = text.Split('=', 2) is [var n, var r] ? (n, r) : throw new FormatException($"invalid ulimit argument: {text}");
        if (!Names.Contains(name, StringComparer.Ordinal)) throw new FormatException($"invalid ulimit type: {name}");
        var parts = rest.Split(':');
        if (parts.Length > 2) throw new FormatException($"too many limit value arguments - {rest}, can only have up to two, `soft[:hard]`");
        var soft = Value(parts[0], text);
        var hard = parts.Length == 2 ? Value(parts[1], text) : soft;
        if (hard != -1 && (soft > hard || soft == -1)) throw new FormatException($"ulimit soft limit must be less than or equal to hard limit: {soft} > {hard}");
        return new Ulimit(name, soft, hard);
    }

    /// <param name="warn">Told of each limit that was asked for and cannot be given.</param>
    public static IReadOnlyList<RuntimeLimit> Of(IReadOnlyList<Ulimit> asked, Action<string> warn)
    {
        var limits = new List<RuntimeLimit>();
        if (!asked.Any(a => a.Name == "nofile")) limits.Add(Clamped(new Ulimit("nofile", DefaultFiles, DefaultFiles), _ => { }));
        limits.AddRange(asked.Select(a => Clamped(a, warn)));
        return limits;
    }

    private static RuntimeLimit Clamped(Ulimit asked, Action<string> warn)
    {
        var (soft, hard) = (Unsigned(asked.Soft), Unsigned(asked.Hard));
        var most = MostOfHost(asked.Name);
        if (hard > most)
        {
            warn(string.Create(CultureInfo.InvariantCulture, $"ulimit {asked.Name}: {Shown(asked.Hard)} is more than this host allows; it is {most}"));
            hard = most;
        }
        return new RuntimeLimit("RLIMIT_" + asked.Name.ToUpperInvariant(), hard, Math.Min(soft, hard));
    }

    private static string Shown(long value) => value < 0 ? "unlimited" : value.ToString(CultureInfo.InvariantCulture);

    private static ulong Unsigned(long value) => value < 0 ? ulong.MaxValue : (ulong)value;

    private static ulong MostOfHost(string name)
    {
        if (HasResourcePower()) return ulong.MaxValue;
        return Libc.ReadLimit(Array.IndexOf(Names, name), out var limit) == 0 ? limit.Hard : ulong.MaxValue;
    }

    private static bool HasResourcePower()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("CapEff:", StringComparison.Ordinal));
        return (Convert.ToUInt64(line["CapEff:".Length..].Trim(), 16) >> 24 & 1) != 0;
    }

    private static long Value(string text, string all) => text is "unlimited" or "-1" ? -1
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"invalid ulimit argument: {all}");

    [StructLayout(LayoutKind.Sequential)]
    internal struct Pair
    {
        public ulong Soft;
        public ulong Hard;
    }
}
