using System.Globalization;
using Strata.Layers.Files;

namespace Strata.Layers.Unpacking;

/// <summary>What this process may do to files.</summary>
internal sealed record Privileges
{
    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    /// <summary>Bits that the kernel takes away from the mode of each new file.</summary>
    public required uint Mask { get; init; }

    public required bool KeepsOwners { get; init; }

    public required bool ForUserNamespace { get; init; }

    public static Privileges Of(UnpackOptions options)
    {
        var uid = Native.EffectiveUser();
        return new Privileges
        {
            Uid = uid,
            Gid = Native.EffectiveGroup(),
            Mask = ReadMask(),
            KeepsOwners = options.KeepsOwners ?? uid == 0,
            // Trusted attributes belong to the first user namespace, the only one that maps all ids to themselves.
            ForUserNamespace = options.ForUserNamespace ?? !(uid == 0 && IsFirstNamespace()),
        };
    }

    private static uint ReadMask()
    {
        const string field = "Umask:";
        foreach (var line in File.ReadLines("/proc/self/status"))
            if (line.StartsWith(field, StringComparison.Ordinal)) return Convert.ToUInt32(line[field.Length..].Trim(), 8);
        // Not told by kernels before 4.7: then every bit may be taken away, and each mode is set by itself.
        return 0x1FF;
    }

    private static bool IsFirstNamespace()
    {
        var map = File.ReadAllText("/proc/self/uid_map").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return map is ["0", "0", var count] && count == uint.MaxValue.ToString(CultureInfo.InvariantCulture);
    }
}
