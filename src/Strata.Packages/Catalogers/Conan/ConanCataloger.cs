namespace Strata.Packages.Catalogers.Conan;

/// <summary>What Conan built or fetched: <c>conaninfo.txt</c> in the folder of each package.</summary>
internal sealed class ConanCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "conaninfo.txt" ? ConanDocuments.ReadInfo : null;
}
