namespace Strata.Packages;

/// <summary>What is installed in a plain folder, such as an unpacked root file system.</summary>
public static class FolderCatalog
{
    /// <summary>
    /// Reads the package databases below <paramref name="path"/>. Symbolic links are followed as if the folder were the root
    /// (an absolute target begins at it, <c>..</c> never leaves it).
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImagePackages Read(string path, CancellationToken cancellationToken) => throw new NotSupportedException();
}
