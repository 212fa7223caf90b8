namespace Strata.Testing;

/// <summary>The checkout that the tests run in, and what was built in it.</summary>
public static class Checkout
{
    public static string Root { get; } = FindRoot();

    /// <summary>The advisory data that lies beside the checkout on some machines; tests that need it skip without.</summary>
    public static string Advisories { get; } = Path.GetFullPath(Path.Combine(Root, "..", "shared", "data", "advisories"));

    /// <summary>A program of the product as these tests' build made it.</summary>
    public static string Program(string project, string name) =>
        Path.Combine(Root, "artifacts", "bin", project, Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), name);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside of a checkout");
    }
}
