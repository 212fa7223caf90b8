using System.Runtime.InteropServices;

namespace Strata.Layers.Files;

/// <summary>The names in a folder, as bytes: .NET's own listing turns what is no UTF-8 into names that are not there.</summary>
internal static class FolderListing
{
    /// <summary>All names but <c>.</c> and <c>..</c>, each with its NUL, in the order of their bytes.</summary>
    /// <param name="folder">A descriptor that nothing was read from yet.</param>
    public static List<byte[]> Names(int folder)
    {
        var names = new List<byte[]>();
        var buffer = new byte[32 * 1024];
        while (true)
        {
            var length = (int)Native.ReadFolder(folder, buffer, buffer.Length);
            if (length < 0) throw Native.Failure("cannot list a folder");
            if (length == 0) break;
            // struct linux_dirent64: inode 8, offset 8, length of the record 2, type 1, name with its NUL.
            for (var rest = buffer.AsSpan(0, length); rest.Length > 0; rest = rest[MemoryMarshal.Read<ushort>(rest[16..])..])
            {
                var name = rest[19..];
                name = name[..(name.IndexOf((byte)0) + 1)];
                if (!name.SequenceEqual(".\0"u8) && !name.SequenceEqual("..\0"u8)) names.Add(name.ToArray());
            }
        }
        names.Sort((a, b) => a.AsSpan().SequenceCompareTo(b));
        return names;
    }
}
