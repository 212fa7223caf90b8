namespace Strata.Packages.Catalogers.Npm;

/// <summary>The lock files of npm, yarn, pnpm, bun and deno. What is for development only is in them, too, and counts.</summary>
internal sealed class NpmLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    // node_modules/.package-lock.json says again what is in node_modules.
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "package-lock.json" or "npm-shrinkwrap.json" when !file.Path.Contains("node_modules/", StringComparison.Ordinal) => PackageLock.Read,
        "yarn.lock" when !file.Path.Contains("node_modules/", StringComparison.Ordinal) => YarnLock.Read,
        "pnpm-lock.yaml" when !file.Path.Contains("node_modules/", StringComparison.Ordinal) => PnpmLock.Read,
        "bun.lock" => BunLock.Read,
        "deno.lock" => DenoLock.Read,
        _ => null,
    };
}
