namespace Strata.Packages.Catalogers.R;

/// <summary>renv.lock: JSON; <c>Packages</c> has an object for each package.</summary>
internal sealed class RLockCataloger : WholeDocumentCataloger
{
    public override bool IsPlan => true;

    protected override ReadPackages? ReaderOf(FileCandidate file) => file.Name is "renv.lock" ? Read : null;

    private static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        foreach (var package in json.RootElement.At("Packages").Members) found.Add("cran", package.Value.Text("Package") ?? package.Name, package.Value.Text("Version"));
    }
}
