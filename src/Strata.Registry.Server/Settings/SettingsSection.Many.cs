using System.Text.Json.Nodes;

namespace Strata.Registry.Server;

/// <summary>Sections within a section, lists and maps.</summary>
public sealed partial class SettingsSection
{
    /// <summary>An object of its own options.</summary>
    public T Section<T>(string key, T usual)
        where T : ISettings<T>
    {
        if (Find(key, out var node) && node is not JsonObject) Fault(key, $"is {Shown(node)}; it must be a section: {{ ... }}");
        return ReadIn(PathOf(key), node as JsonObject, usual, Effective, key);
    }

    /// <summary>An object of sections that have names of the user's choice.</summary>
    /// <param name="key">The key.</param>
    /// <param name="usual">Each one's values where the file is silent.</param>
    public IReadOnlyDictionary<string, T> Sections<T>(string key, T usual)
        where T : ISettings<T>
    {
        var found = new Dictionary<string, T>(StringComparer.Ordinal);
        var effective = new JsonObject();
        foreach (var (name, node) in Entries(key))
        {
            if (node is not JsonObject) Fault($"{key}.{name}", $"is {Shown(node)}; it must be a section: {{ ... }}");
            found[name] = ReadIn($"{PathOf(key)}.{name}", node as JsonObject, usual, effective, name);
        }
        Effective[key] = effective;
        return found;
    }

    /// <summary>An array of sections.</summary>
    /// <param name="key">The key.</param>
    /// <param name="usual">Each one's values where the file is silent.</param>
    public IReadOnlyList<T> ListOfSections<T>(string key, T usual)
        where T : ISettings<T>
    {
        var found = new List<T>();
        var effective = new JsonObject();
        foreach (var node in Items(key))
        {
            var name = $"{key}[{found.Count}]";
            if (node is not JsonObject) Fault(name, $"is {Shown(node)}; it must be a section: {{ ... }}");
            found.Add(ReadIn(PathOf(name), node as JsonObject, usual, effective, name));
        }
        Effective[key] = new JsonArray([.. effective.Select(e => e.Value?.DeepClone())]);
        return found;
    }

    /// <summary>An array of texts of one grammar.</summary>
    public IReadOnlyList<T> List<T>(string key, IReadOnlyList<T> usual, SettingParser<T> parse, Func<T, string> format, string expected)
    {
        var found = new List<T>();
        var at = 0;
        foreach (var node in Items(key))
        {
            if (FromText(node, parse, out var value)) found.Add(value);
            else Fault($"{key}[{at}]", $"is {Shown(node)}; it must be {expected}");
            at++;
        }
        var effective = _json?.ContainsKey(key) == true ? found : usual;
        Effective[key] = new JsonArray([.. effective.Select(v => JsonValue.Create(format(v)))]);
        return effective;
    }

    /// <summary>Sizes by names of the user's choice.</summary>
    public IReadOnlyDictionary<string, long> Sizes(string key, long from, long to)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        var effective = new JsonObject();
        foreach (var (name, node) in Entries(key))
        {
            if (!IsSize(node, out var value)) Fault($"{key}.{name}", $"is {Shown(node)}; it must be {Bytes.Expected}");
            else found[name] = Within($"{key}.{name}", value, from, to, Bytes.Format);
            effective[name] = node?.DeepClone();
        }
        Effective[key] = effective;
        return found;
    }

    private T ReadIn<T>(string path, JsonObject? json, T usual, JsonObject effective, string name)
        where T : ISettings<T>
    {
        var child = new SettingsSection(json, path, _folder, _faults);
        var settings = child.ReadAs(usual);
        effective[name] = child.Effective;
        return settings;
    }

    private JsonObject Entries(string key)
    {
        if (!Find(key, out var node)) return [];
        if (node is JsonObject json) return json;
        Fault(key, $"is {Shown(node)}; it must be an object: {{ \"NAME\": ... }}");
        return [];
    }

    private JsonArray Items(string key)
    {
        if (!Find(key, out var node)) return [];
        if (node is JsonArray json) return json;
        Fault(key, $"is {Shown(node)}; it must be a list: [ ... ]");
        return [];
    }
}
