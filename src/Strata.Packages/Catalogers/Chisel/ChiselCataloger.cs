namespace Strata.Packages.Catalogers.Chisel;

/// <summary>
/// The manifest of an Ubuntu image that chisel cut: such an image has slices of packages, and no dpkg database. It is where a slice
/// definition says, which may be anywhere; usually <c>var/lib/chisel</c>.
/// </summary>
internal sealed class ChiselCataloger : ICataloger
{
    // The manifest lists itself among the files of a package.
    public bool HasOwners => false;

    public bool Wants(FileCandidate file) => file.Name is "manifest.wall";

    public DocumentReader Open(FileCandidate file) => new ChiselReader(file.Path);
}
