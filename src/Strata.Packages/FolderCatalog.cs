using Strata.Packages.Catalogers;
using Strata.Packages.Folders;
using Strata.Packages.Merging;

namespace Strata.Packages;

/// <summary>What is installed in a plain folder, such as an unpacked root file system.</summary>
public static class FolderCatalog
{
    /// <summary>
    /// Reads the package databases below <paramref name="path"/>. Symbolic links are followed as if the folder were the root
    /// (an absolute target begins at it, <c>..</c> never leaves it).
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ImagePackages Read(string path, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(path)) throw new DirectoryNotFoundException($"there is no folder '{path}'");
        var documents = new FolderDocuments(path, CatalogerSet.All).Read(cancellationToken);
        var root = new LayeredRoot();
        root.Apply(new ImageLayer(default, Instruction: null, documents));
        var installed = new Attribution();
        installed.Update(root.Documents, layer: 0);
        return new ImagePackages
        {
            Distribution = root.Distribution,
            Packages = installed.Packages(root.Distribution, _ => null, isOwned: false),
            Owned = installed.Packages(root.Distribution, _ => null, isOwned: true),
            Faults = documents.Faults,
        };
    }
}
