namespace Strata.Packages.Catalogers.Haskell;

internal sealed class HaskellCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "stack.yaml.lock" => HaskellLock.ReadStackLock,
        "stack.yaml" => HaskellLock.ReadStack,
        "cabal.project.freeze" => HaskellLock.ReadCabal,
        _ => null,
    };
}
