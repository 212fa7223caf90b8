namespace Strata.Packages.Catalogers.Npm;

/// <summary>bun.lock: JSON with trailing commas; each of its <c>packages</c> is an array that begins with <c>NAME@VERSION</c>.</summary>
internal static class BunLock
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.LenientJson;
        foreach (var package in json.RootElement.At("packages").Members)
        {
            if (package.Value.Items.FirstOrDefault().AsText is not { } id) continue;
            var (name, version) = NpmName.Split(id);
            // workspace:, link:, file:, git+...: no version of a registry.
            if (!version.Contains(':', StringComparison.Ordinal)) found.Add("npm", name, version);
        }
    }
}
