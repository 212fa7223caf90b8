using Strata.Layers.Tar;

namespace Strata.Layers.Unpacking;

/// <summary>Which extended attributes of an archive are set, and under which name.</summary>
internal static class XattrNames
{
    private static readonly string[] OverlayPrefixes = ["trusted.overlay.", "user.overlay."];

    /// <summary>
    /// Null for one that is left out: labels are this machine's own matter. What overlayfs reads as its own notes is escaped as the kernel
    /// does it, so that an archive cannot give orders to the mount (Documentation/filesystems/overlayfs.rst, "Nested overlayfs mounts").
    /// </summary>
    /// <returns>The name with a NUL.</returns>
    public static byte[]? ForTree(string name)
    {
        if (name == "security.selinux") return null;
        foreach (var prefix in OverlayPrefixes)
            if (name.StartsWith(prefix, StringComparison.Ordinal)) name = $"{prefix}overlay.{name[prefix.Length..]}";
        return [.. PathText.Encode(name), 0];
    }

    /// <summary>The other way: the name as a layer has it, or null for one that is no part of a layer.</summary>
    public static string? ForLayer(string name)
    {
        if (name == "security.selinux") return null;
        foreach (var prefix in OverlayPrefixes)
        {
            if (!name.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = name[prefix.Length..];
            return rest.StartsWith("overlay.", StringComparison.Ordinal) ? prefix + rest["overlay.".Length..] : null;
        }
        return name;
    }
}
