using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Strata.Ui.Assets;

/// <summary>
/// The style sheet, scripts and pictures that are embedded in assemblies under <c>assets/</c>. They travel with the code, so a page never
/// meets the assets of another version, and a test host needs no manifest of static files.
/// </summary>
public sealed class UiAssets
{
    private const string Prefix = "assets/";
    private readonly FrozenDictionary<string, UiAsset> _assets;

    /// <param name="assemblies">Strata.Ui itself is always among them.</param>
    public UiAssets(params IEnumerable<Assembly> assemblies)
    {
        _assets = assemblies.Append(typeof(UiAssets).Assembly).Distinct().SelectMany(Load).ToFrozenDictionary(a => a.Name, StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var asset in _assets.Values.OrderBy(a => a.Name, StringComparer.Ordinal)) hash.AppendData(asset.Content);
        Version = Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Changes when any of them does. It is one for all, and in the path, so that a script may import another by a relative name.</summary>
    public string Version { get; }

    public UiAsset? Find(string name) => _assets.GetValueOrDefault(name);

    /// <exception cref="KeyNotFoundException">No assembly brings it: a mistake of the page.</exception>
    public string Url(string name) => $"/assets/{Version}/{_assets[name].Name}";

    private static IEnumerable<UiAsset> Load(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            var name = resource[Prefix.Length..];
            yield return new UiAsset(name, ContentType(name), content);
        }
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
