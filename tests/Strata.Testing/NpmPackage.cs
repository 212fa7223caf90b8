namespace Strata.Testing;

/// <summary>Packages of npm that carry official schemas, or judge us; each is fetched once into the build's folder, and none of its own code is run to install it.</summary>
public static class NpmPackage
{
    /// <summary>The folder of the unpacked package; null where npm, or the package, cannot be had.</summary>
    public static async Task<string?> FetchAsync(string name, string version)
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "npm", $"{name.Replace('/', '+')}-{version}");
        var package = Path.Combine(folder, "package");
        if (Directory.Exists(package)) return package;
        if (!File.Exists("/usr/bin/npm")) return null;
        using var scratch = new TemporaryFolder();
        var packed = await RealTool.TryAsync("/usr/bin/npm", "pack", "--silent", "--pack-destination", scratch.Path, $"{name}@{version}");
        if (packed.Code != 0) return null;
        var archive = Directory.GetFiles(scratch.Path, "*.tgz").Single();
        await RealTool.RunAsync("tar", "xzf", archive, "-C", scratch.Path, "package");
        Directory.CreateDirectory(folder);
        // Another run may have been quicker; what it fetched is the same.
        await RealTool.TryAsync("cp", "-rT", Path.Combine(scratch.Path, "package"), package);
        return package;
    }

    /// <summary>The same; skips the test, with a reason that is printed, where the package cannot be had.</summary>
    public static async Task<string> RequireAsync(string name, string version)
    {
        var package = await FetchAsync(name, version);
        if (package is null) Assert.Skip($"{name} {version} of npm cannot be had here");
        return package;
    }
}
