using System.Security.Cryptography;
using System.Text;
using Strata.Containers.Kernel;
using Strata.Content;
using Strata.Layers;
using Strata.Oci;

namespace Strata.Containers.Rootfs;

/// <summary>
/// A layer may have files in a folder that it does not mention; its tree has that folder as 0755 of root, whatever a layer below says. Over an
/// image with such layers a folder is mounted that has those folders as they should be. It is made once, and mostly there is none to make.
/// </summary>
internal static class Correction
{
    private const string Needless = ".none";

    /// <summary>The folder to mount on top; null where the layers need none.</summary>
    public static string? Of(ContentStore store, IReadOnlyList<Digest> diffIds, string corrections)
    {
        if (diffIds.Count < 2) return null;
        var path = Path.Combine(corrections, Name(diffIds));
        if (File.Exists(path + Needless)) return null;
        return Directory.Exists(path) || Make(store, diffIds, path) ? path : null;
    }

    private static string Name(IReadOnlyList<Digest> diffIds) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', diffIds))));

    private static bool Make(ContentStore store, IReadOnlyList<Digest> diffIds, string path)
    {
        var indexes = diffIds.Select(d => LayerIndex.TryLoad(store.Layers, d)
            ?? throw new ContainerException($"the index of the layer {d.Short} is missing", "pull the image again, or run `strata repair`")).ToArray();
        var tree = new LayeredTree(indexes);
        var folders = new SortedDictionary<string, LayerEntry>(StringComparer.Ordinal);
        foreach (var (entry, _) in tree.Disguised())
        {
            // Those on the way would be as plain in this folder as in the others.
            for (var at = entry.Path; at.Length > 0; at = TreePath.Parent(at)) folders.TryAdd(at, at == entry.Path ? entry : tree.Find(at)!.Entry);
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (folders.Count == 0)
        {
            File.WriteAllBytes(path + Needless, []);
            return false;
        }
        var work = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        Directory.CreateDirectory(work);
        var root = tree.Find("")!.Entry;
        Dress(work, root);
        foreach (var (name, entry) in folders)
        {
            Directory.CreateDirectory(Path.Combine(work, name));
            Dress(Path.Combine(work, name), entry);
        }
        try
        {
            Directory.Move(work, path);
        }
        catch (IOException) when (Directory.Exists(path))
        {
            Directory.Delete(work, recursive: true); // another process was first
        }
        return true;
    }

    private static void Dress(string path, LayerEntry entry)
    {
        if (Libc.ChangeOwner(path, (uint)entry.Uid, (uint)entry.Gid) != 0) throw Libc.Failure($"cannot set the owner of {path}");
        File.SetUnixFileMode(path, (UnixFileMode)(entry.Mode & 0xFFF));
    }
}
