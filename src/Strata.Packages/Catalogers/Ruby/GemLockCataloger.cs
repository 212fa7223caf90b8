namespace Strata.Packages.Catalogers.Ruby;

/// <summary>Bundler's lock file, under both its names.</summary>
internal sealed class GemLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Name is "gems.locked" || file.Name.EndsWith("Gemfile.lock", StringComparison.Ordinal) ? GemLock.Read : null;
}
