namespace Strata.Packages.Catalogers.Ruby;

/// <summary>
/// Installed gems: <c>specifications/NAME-VERSION.gemspec</c>, and those that come with Ruby itself in <c>specifications/default</c>. A gem's own
/// folder may hold a gemspec, too, but not below <c>specifications</c>.
/// </summary>
internal sealed class RubyCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) =>
        file.Name.EndsWith(".gemspec", StringComparison.Ordinal) && IsInSpecifications(file.Path) ? GemSpecification.Read : null;

    private static bool IsInSpecifications(ReadOnlySpan<char> path)
    {
        var folders = path[..Math.Max(0, path.LastIndexOf('/'))];
        return folders.SequenceEqual("specifications") || folders.StartsWith("specifications/") || folders.EndsWith("/specifications") || folders.Contains("/specifications/", StringComparison.Ordinal);
    }
}
