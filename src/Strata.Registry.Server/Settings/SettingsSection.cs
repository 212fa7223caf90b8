using System.Text.Json.Nodes;

namespace Strata.Registry.Server;

/// <summary>
/// One object of a configuration file while its options are read. What is asked for is what there is: a key that nobody asked for is
/// unknown, and what was answered is the effective configuration.
/// </summary>
public sealed partial class SettingsSection
{
    private readonly JsonObject? _json;
    private readonly string _path;
    private readonly string _folder;
    private readonly List<string> _faults;
    private readonly List<string> _known = [];

    private SettingsSection(JsonObject? json, string path, string folder, List<string> faults) =>
        (_json, _path, _folder, _faults) = (json, path, folder, faults);

    /// <summary>All that was found wrong, in the whole file.</summary>
    internal IReadOnlyList<string> Faults => _faults;

    internal JsonObject Effective { get; } = [];

    /// <summary>What is wrong with options that code has made; each fault begins with the key.</summary>
    public static IReadOnlyList<string> FaultsOf<T>(T settings)
        where T : ISettings<T>
    {
        var root = Root(json: null, Directory.GetCurrentDirectory());
        _ = T.Read(root, settings);
        return root.Faults;
    }

    /// <summary>Something is wrong that no single value shows; <paramref name="message"/> follows the key's path.</summary>
    public void Fault(string key, string message) => _faults.Add($"{PathOf(key)} {message}");

    internal static SettingsSection Root(JsonObject? json, string folder) => new(json, "", folder, []);

    internal T ReadAs<T>(T usual)
        where T : ISettings<T>
    {
        var settings = T.Read(this, usual);
        if (_json is null) return settings;
        foreach (var (key, _) in _json)
        {
            if (_known.Contains(key, StringComparer.Ordinal)) continue;
            var near = Spelling.Nearest(key, _known);
            Fault(key, near is null ? $"is not a key here; there are {string.Join(", ", _known)}" : $"is not a key here; did you mean {near}?");
        }
        return settings;
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    /// <summary>False where the file is silent; a null is as good as a value.</summary>
    private bool Find(string key, out JsonNode? node)
    {
        _known.Add(key);
        node = null;
        return _json is not null && _json.TryGetPropertyValue(key, out node);
    }

    private static string Shown(JsonNode? node) => node is null ? "null" : node.ToJsonString();
}
