using System.Text.Json;

namespace Strata.Packages.Catalogers.Npm;

/// <summary>npm-package-json(5).</summary>
internal static class PackageJson
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var package = json.RootElement;
        found.Add("npm", package.Text("name"), package.Text("version"), Licenses(package));
    }

    /// <summary>
    /// An expression; or, as before 2014, an object with a type; or several of either, then also under <c>licenses</c>.
    /// </summary>
    public static IReadOnlyList<string> Licenses(JsonElement package) =>
        [.. new[] { package.At("license"), package.At("licenses") }.SelectMany(l => l.ValueKind == JsonValueKind.Array ? l.Items : [l]).Select(LicenseOf).OfType<string>()];

    private static string? LicenseOf(JsonElement license) => license.AsText ?? license.Text("type") ?? license.Text("name");
}
