namespace Strata.Packages.Catalogers.Php;

internal sealed class ComposerLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "composer.lock" ? ComposerPackages.Read : null;
}
