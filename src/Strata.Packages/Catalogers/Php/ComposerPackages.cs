using System.Text.Json;

namespace Strata.Packages.Catalogers.Php;

/// <summary>
/// Composer's lists: an array in version 1 of installed.json; <c>packages</c> in version 2 and in composer.lock, which has
/// <c>packages-dev</c> beside it.
/// </summary>
internal static class ComposerPackages
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        foreach (var package in root.Items.Concat(root.At("packages").Items).Concat(root.At("packages-dev").Items))
            found.Add("composer", package.Text("name"), package.Text("version"), Licenses(package.At("license")));
    }

    private static string[] Licenses(JsonElement license) =>
        license.AsText is { } one ? [one] : [.. license.Items.Select(l => l.AsText).OfType<string>()];
}
