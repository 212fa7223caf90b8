using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Images.Usage;

/// <summary>Bytes on disk. What is not there weighs nothing.</summary>
internal static class DiskUse
{
    private static readonly EnumerationOptions All = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };

    public static long OfBlob(ContentStore store, Digest digest)
    {
        var file = new FileInfo(store.BlobPath(digest));
        return file.Exists ? file.Length : 0;
    }

    /// <summary>What is derived of a layer: its index, and its unpacked tree.</summary>
    public static long OfLayer(ContentStore store, Digest diffId) => LayerUnpacker.DiskUse(store.Layers, diffId);

    public static string LayerFolder(ContentStore store, Digest diffId) => Path.Combine(store.Layers, diffId.Algorithm.Prefix(), diffId.Hex);

    public static long OfFolder(string folder) => Files(folder).Sum(f => f.Length);

    public static IEnumerable<FileInfo> Files(string folder)
    {
        var root = new DirectoryInfo(folder);
        if (!root.Exists) return [];
        return root.EnumerateFiles("*", All);
    }

    /// <summary>The diffIDs that the store has something derived of.</summary>
    public static IEnumerable<Digest> Layers(ContentStore store)
    {
        foreach (var algorithm in Enum.GetValues<DigestAlgorithm>())
        {
            var parent = new DirectoryInfo(Path.Combine(store.Layers, algorithm.Prefix()));
            if (!parent.Exists) continue;
            foreach (var folder in parent.EnumerateDirectories())
                if (Digest.TryParse($"{algorithm.Prefix()}:{folder.Name}", out var diffId)) yield return diffId;
        }
    }
}
