using System.IO.Enumeration;
using Strata.Packages.Catalogers;

namespace Strata.Packages.Folders;

/// <summary>All files of a folder that stands for a root file system; links are not followed, so that it ends and stays inside.</summary>
internal static class FolderWalk
{
    /// <summary>Where a running system has what no file system holds.</summary>
    private static readonly string[] Kernel = ["proc", "sys", "dev"];

    /// <summary>In the order of their paths.</summary>
    public static IEnumerable<FileCandidate> Files(string root)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None, ReturnSpecialDirectories = false };
        var files = new FileSystemEnumerable<FileCandidate>(root, Candidate, options)
        {
            ShouldIncludePredicate = static (ref entry) => !entry.IsDirectory && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
            ShouldRecursePredicate = static (ref entry) =>
                !entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && !(IsAtRoot(ref entry) && Kernel.Contains(entry.FileName.ToString())),
        };
        return files.OrderBy(f => f.Path, StringComparer.Ordinal);
    }

    private static FileCandidate Candidate(ref FileSystemEntry entry)
    {
        var folder = entry.Directory[entry.RootDirectory.Length..].Trim('/');
        var path = folder.IsEmpty ? entry.FileName.ToString() : $"{folder}/{entry.FileName}";
        var file = (FileInfo)entry.ToFileSystemInfo();
        return file.Exists ? new FileCandidate(path, file.Length, (int)file.UnixFileMode) : new FileCandidate(path, Size: 0, Mode: 0);
    }

    private static bool IsAtRoot(ref FileSystemEntry entry) => entry.Directory.Length <= entry.RootDirectory.Length;
}
