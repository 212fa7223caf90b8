using Strata.Testing;

namespace Strata.Packages.Tests.Formats;

/// <summary>The official schemas of CycloneDX, as its own library for JavaScript carries them; fetched once into the build's folder.</summary>
internal static class CycloneDxSchemas
{
    private const string Package = "@cyclonedx/cyclonedx-library@10.3.0";

    /// <summary>The folder with the schemas; null where npm, or the package, cannot be had.</summary>
    public static async Task<string?> FetchAsync()
    {
        var folder = Path.Combine(Checkout.Root, "artifacts", "schemas", "cyclonedx-10.3.0");
        var schemas = Path.Combine(folder, "package", "res", "schema");
        if (Directory.Exists(schemas)) return schemas;
        if (!File.Exists("/usr/bin/npm")) return null;
        using var scratch = new TemporaryFolder();
        var packed = await RealTool.TryAsync("/usr/bin/npm", "pack", "--silent", "--pack-destination", scratch.Path, Package);
        if (packed.Code != 0) return null;
        var archive = Directory.GetFiles(scratch.Path, "*.tgz").Single();
        (await RealTool.TryAsync("tar", "xzf", archive, "-C", scratch.Path, "package/res/schema")).Code.ShouldBe(0);
        Directory.CreateDirectory(folder);
        // Another run may have been quicker; what it fetched is the same.
        await RealTool.TryAsync("cp", "-r", Path.Combine(scratch.Path, "package"), folder);
        return schemas;
    }
}
