namespace Strata.Vulnerabilities.Tests;

/// <summary>Real advisory data beside the repository, which is not part of it.</summary>
internal static class SharedData
{
    public static string Advisories(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Strata.slnx"))) continue;
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "../shared/data/advisories", name));
            if (!Path.Exists(path)) Assert.Skip($"{path} is missing: the real advisory data is not part of the repository");
            return path;
        }

        throw new InvalidOperationException("the tests do not run below the folder of Strata.slnx");
    }
}
