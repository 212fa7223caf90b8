using Strata.Testing;

namespace Strata.Packages.Tests.Formats;

/// <summary>The official schemas of CycloneDX, as its own library for JavaScript carries them.</summary>
internal static class CycloneDxSchemas
{
    /// <summary>The folder with the schemas; null where npm, or the package, cannot be had.</summary>
    public static async Task<string?> FetchAsync() =>
        await NpmPackage.FetchAsync("@cyclonedx/cyclonedx-library", "10.3.0") is { } package ? Path.Combine(package, "res", "schema") : null;
}
