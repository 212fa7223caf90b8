using Strata.Packages.Catalogers.Yaml;

namespace Strata.Packages.Catalogers.Npm;

/// <summary>
/// pnpm-lock.yaml. The keys of <c>packages</c> are <c>/NAME/VERSION_PEERS</c> up to version 5, <c>/NAME@VERSION(PEERS)</c> in version 6, and
/// <c>NAME@VERSION</c> since; what comes from elsewhere than a registry says name and version below.
/// </summary>
internal static class PnpmLock
{
    public static void Read(DocumentText document, PackageList found)
    {
        var root = YamlReader.Read(document.Text);
        var isOld = !Version.TryParse(root.At("lockfileVersion").Text, out var format) || format.Major < 6;
        foreach (var (key, entry) in root.At("packages").Members)
        {
            var (name, version) = isOld ? OldName(key) : NpmName.Split(WithoutPeers(key.TrimStart('/')));
            // A folder or an archive: what it is called is not in the key.
            if (version.Contains(':', StringComparison.Ordinal) || version.Contains('/', StringComparison.Ordinal)) version = "";
            found.Add("npm", entry.At("name").Text ?? name, entry.At("version").Text ?? version);
        }
    }

    private static string WithoutPeers(string key)
    {
        var peers = key.IndexOf('(');
        return peers < 0 ? key : key[..peers];
    }

    /// <summary>Before the name there may be a registry's host.</summary>
    private static (string Name, string Version) OldName(string key)
    {
        var parts = key.Split('/');
        if (parts.Length < 2) return ("", "");
        var name = parts.Length > 2 && parts[^2].Length > 0 && parts[^3].StartsWith('@') ? $"{parts[^3]}/{parts[^2]}" : parts[^2];
        var version = parts[^1];
        var peers = version.IndexOf('_');
        return (name, WithoutPeers(peers < 0 ? version : version[..peers]));
    }
}
