namespace Strata.Packages.Catalogers.Go;

/// <summary>The modules that a project requires. Those of its dependencies, in a cache or in a folder for them, are no project's.</summary>
internal sealed class GoModCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Name is "go.mod" && !IsBelow(file.Path, "pkg/mod/") && !IsBelow(file.Path, "vendor/") ? GoModFile.Read : null;

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) || path.Contains("/" + folder, StringComparison.Ordinal);
}
