using System.Buffers.Binary;
using Strata.Packages.Ownership;

namespace Strata.Packages.Catalogers.Rpm;

/// <summary>The files of a package, as far as another cataloguer may take them for documents.</summary>
internal static class RpmFiles
{
    /// <summary>Linux, PATH_MAX. Without it, one long folder under many names would be endless work.</summary>
    private const int LongestPath = 4096;

    /// <summary>Null when there are none.</summary>
    public static List<ulong>? Of(RpmHeader header)
    {
        var names = header.Texts(RpmTag.BaseNames);
        var files = new List<ulong>();
        if (names.Count == 0)
        {
            foreach (var path in header.Texts(RpmTag.OldFileNames)) Add(files, "", path);
        }
        else
        {
            var folders = header.Texts(RpmTag.DirectoryNames);
            var indexes = header.Numbers(RpmTag.DirectoryIndexes);
            if (indexes.Length != names.Count * sizeof(uint)) throw new InvalidDataException("the header has not one folder for each file");
            for (var i = 0; i < names.Count; i++)
            {
                var folder = BinaryPrimitives.ReadUInt32BigEndian(indexes[(i * sizeof(uint))..]);
                if (folder >= folders.Count) throw new InvalidDataException($"a file is in folder {folder} of {folders.Count}");
                Add(files, folders[(int)folder], names[i]);
            }
        }

        return files.Count == 0 ? null : files;
    }

    private static void Add(List<ulong> files, string folder, string name)
    {
        if (folder.Length + name.Length <= LongestPath && OwnedPath.Hash(folder + name) is { } hash) files.Add(hash);
    }
}
