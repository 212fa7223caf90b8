namespace Strata.Packages.Catalogers.Npm;

/// <summary>
/// What npm, yarn and pnpm unpacked: the <c>package.json</c> of each package. Below a <c>node_modules</c> only those that are a package's own
/// count, and not what a package has as examples and test data; elsewhere (an application, yarn in <c>/opt</c>) every one does.
/// </summary>
internal sealed class NpmCataloger : WholeDocumentCataloger
{
    private const string Modules = "node_modules/";

    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Name is "package.json" && IsOfPackage(file.Path) ? PackageJson.Read : null;

    private static bool IsOfPackage(string path)
    {
        var at = path.LastIndexOf(Modules, StringComparison.Ordinal);
        if (at < 0 || at > 0 && path[at - 1] != '/') return true;
        var parts = path.AsSpan(at + Modules.Length).Count('/');
        return parts == (path[at + Modules.Length] == '@' ? 2 : 1);
    }
}
