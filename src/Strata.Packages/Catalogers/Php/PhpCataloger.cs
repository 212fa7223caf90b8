namespace Strata.Packages.Catalogers.Php;

/// <summary>What Composer installed (<c>vendor/composer/installed.json</c>), and the registry of PEAR and PECL.</summary>
internal sealed class PhpCataloger : WholeDocumentCataloger
{
    private const string Registry = "/.registry/";

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "installed.json" when file.IsAt("composer/installed.json") => ComposerPackages.Read,
        var name when name.EndsWith(".reg", StringComparison.Ordinal) && file.Path.Contains(Registry, StringComparison.Ordinal) => PearRegistry.Read,
        _ => null,
    };
}
