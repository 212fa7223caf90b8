namespace Strata.Packages.Catalogers.Python;

/// <summary>
/// What pip, easy_install and Debian's tools leave beside installed modules: <c>METADATA</c> in <c>*.dist-info</c>, <c>PKG-INFO</c> in
/// <c>*.egg-info</c> and <c>EGG-INFO</c>, an <c>*.egg-info</c> that is itself the file, and eggs that are zips.
/// </summary>
internal sealed class PythonCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name switch
    {
        "METADATA" when IsIn(file.Path, ".dist-info") => CoreMetadata.Read,
        "PKG-INFO" when IsIn(file.Path, ".egg-info") || IsIn(file.Path, "EGG-INFO") => CoreMetadata.Read,
        var name when name.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase) => CoreMetadata.Read,
        var name when name.EndsWith(".egg", StringComparison.OrdinalIgnoreCase) => PythonArchive.Read,
        _ => null,
    };

    private static bool IsIn(ReadOnlySpan<char> path, ReadOnlySpan<char> folder) =>
        path[..Math.Max(0, path.LastIndexOf('/'))].EndsWith(folder, StringComparison.OrdinalIgnoreCase);
}
