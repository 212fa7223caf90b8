namespace Strata.Packages.Catalogers.Python;

/// <summary>Pipfile.lock: a member for each group of packages, each with a version such as <c>==1.2</c>.</summary>
internal static class PipfileLock
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        foreach (var group in json.RootElement.Members)
        {
            if (group.Name == "_meta") continue;
            foreach (var package in group.Value.Members) found.Add("pypi", package.Name, package.Value.Text("version")?.TrimStart('='));
        }
    }
}
