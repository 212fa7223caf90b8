namespace Strata.Packages.Catalogers.Conan;

/// <summary>What Conan is to fetch: <c>conan.lock</c>, and what <c>conanfile.txt</c> pins.</summary>
internal sealed class ConanLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "conan.lock" => ConanDocuments.ReadLock,
        "conanfile.txt" => ConanDocuments.ReadFile,
        _ => null,
    };
}
