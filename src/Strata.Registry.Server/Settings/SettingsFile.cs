using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Registry.Server;

/// <summary>A configuration file: JSON, with comments and trailing commas. Paths in it are relative to its folder.</summary>
public sealed class SettingsFile
{
    // A person writes it: a key given twice is a mistake, whichever of the two was meant.
    private static readonly JsonDocumentOptions Reading = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Writing = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonObject _json;
    private readonly string _name;
    private readonly string _folder;

    private SettingsFile(JsonObject json, string name, string folder) => (_json, _name, _folder) = (json, name, folder);

    /// <summary>No file: everything is as usual, but for what <see cref="Set"/> says.</summary>
    public static SettingsFile None() => new([], "the configuration", Directory.GetCurrentDirectory());

    /// <exception cref="SettingsException">The file is no JSON object.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static SettingsFile Load(string path) => Parse(File.ReadAllText(path), path);

    /// <param name="text">The file's content.</param>
    /// <param name="path">The file's name, which its faults name, and whose folder its paths are relative to.</param>
    /// <exception cref="SettingsException">The text is no JSON object.</exception>
    public static SettingsFile Parse(string text, string path)
    {
        try
        {
            var json = JsonNode.Parse(text, documentOptions: Reading) as JsonObject ?? throw new SettingsException(path, ["it must be one JSON object: { ... }"]);
            return new SettingsFile(json, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (JsonException e)
        {
            throw new SettingsException(path, [e.Message]);
        }
    }

    /// <summary>A value that wins over the file's, as one given on the command line does.</summary>
    public void Set(string key, string value) => _json[key] = value;

    /// <exception cref="SettingsException">Something in the file is wrong or unknown; all of it is named.</exception>
    public T Read<T>(T usual)
        where T : ISettings<T> => Read(usual, out _);

    /// <param name="usual">What holds where the file is silent.</param>
    /// <param name="effective">Every key there is, with the value that holds, as a file of this kind; secrets are left out.</param>
    /// <exception cref="SettingsException">Something in the file is wrong or unknown; all of it is named.</exception>
    public T Read<T>(T usual, out string effective)
        where T : ISettings<T>
    {
        var root = SettingsSection.Root(_json, _folder);
        var settings = root.ReadAs(usual);
        if (root.Faults.Count > 0) throw new SettingsException(_name, root.Faults);
        effective = root.Effective.ToJsonString(Writing);
        return settings;
    }
}
