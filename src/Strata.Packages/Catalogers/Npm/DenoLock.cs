namespace Strata.Packages.Catalogers.Npm;

/// <summary>deno.lock: JSON; <c>npm</c> (in version 3 below <c>packages</c>) names <c>NAME@VERSION</c>, perhaps with <c>_PEER@VERSION</c> behind it.</summary>
internal static class DenoLock
{
    public static void Read(DocumentText document, PackageList found)
    {
        using var json = document.Json;
        var root = json.RootElement;
        foreach (var package in root.At("npm").Members.Concat(root.At("packages").At("npm").Members).Concat(root.At("npm").At("packages").Members))
        {
            var (name, version) = NpmName.Split(package.Name);
            found.Add("npm", name, version.Split('_')[0]);
        }
    }
}
