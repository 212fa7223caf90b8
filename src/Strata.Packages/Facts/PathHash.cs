using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Packages.Facts;

/// <summary>A path as a number: the facts of a layer would otherwise be mostly paths that nobody asks for.</summary>
internal static class PathHash
{
    private const string Merged = "usr/";

    /// <summary>Folders that are links to those below usr, wherever that was merged; the lists of packages still say the old paths.</summary>
    private static readonly string[] MergedFolders = ["bin/", "sbin/", "lib/", "lib32/", "lib64/", "libx32/"];

    /// <param name="path">Relative to the root, without a leading slash. <c>bin/bash</c> and <c>usr/bin/bash</c> are one.</param>
    public static ulong Of(string path)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(IsMerged(path) ? path[Merged.Length..] : path), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    private static bool IsMerged(string path)
    {
        if (!path.StartsWith(Merged, StringComparison.Ordinal)) return false;
        foreach (var folder in MergedFolders)
            if (path.AsSpan(Merged.Length).StartsWith(folder, StringComparison.Ordinal)) return true;
        return false;
    }
}
