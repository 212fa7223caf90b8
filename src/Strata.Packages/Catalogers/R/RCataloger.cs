namespace Strata.Packages.Catalogers.R;

/// <summary>The <c>DESCRIPTION</c> of each package in a library of R. "Writing R Extensions", 1.1.1.</summary>
internal sealed class RCataloger : WholeDocumentCataloger
{
    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "DESCRIPTION" ? Read : null;

    private static void Read(DocumentText document, PackageList found)
    {
        var package = Field(document, "Package:");
        var license = Field(document, "License:");
        found.Add("cran", package, Field(document, "Version:"), license is null ? [] : [license]);
    }

    private static string? Field(DocumentText document, string name) =>
        document.Lines.FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim();
}
