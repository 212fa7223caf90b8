using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Registry.Client.Auth;

/// <summary>Docker's config.json to be changed: what we do not know in it stays as it is, in its order and with its indentation.</summary>
internal sealed class DockerConfigDocument
{
    private const UnixFileMode OnlyMine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _path;
    private readonly JsonObject _root;
    private readonly JsonWriterOptions _style;

    private DockerConfigDocument(string path, JsonObject root, JsonWriterOptions style) => (_path, _root, _style) = (path, root, style);

    /// <exception cref="JsonException">It is not valid.</exception>
    public static DockerConfigDocument Open(string path)
    {
        // Whoever keeps the file elsewhere and links to it wants the link to stay.
        var file = File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;
        var text = File.Exists(file) ? File.ReadAllText(file) : "";
        if (string.IsNullOrWhiteSpace(text)) return new DockerConfigDocument(file, [], StyleOf("{\n\t"));
        var root = JsonNode.Parse(text) as JsonObject ?? throw new JsonException("it is no object");
        return new DockerConfigDocument(file, root, StyleOf(text));
    }

    /// <param name="alike">Other keys that mean the same: they go, or they would be found instead.</param>
    public void SetEntry(string key, JsonObject entry, Func<string, bool> alike)
    {
        if (_root["auths"] is not JsonObject auths) _root["auths"] = auths = [];
        foreach (var other in auths.Select(a => a.Key).Where(k => k != key && alike(k)).ToArray()) auths.Remove(other);
        auths[key] = entry;
    }

    public bool RemoveEntries(Func<string, bool> which)
    {
        if (_root["auths"] is not JsonObject auths) return false;
        var going = auths.Select(a => a.Key).Where(which).ToArray();
        foreach (var key in going) auths.Remove(key);
        return going.Length > 0;
    }

    /// <summary>When this returns, the new file is there, whole, and nobody else can read it; on a failure the old one is.</summary>
    public void Save()
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(_path))!;
        Directory.CreateDirectory(folder, OnlyMine | UnixFileMode.UserExecute);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");
        try
        {
            using (var file = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OnlyMine }))
            {
                using (var writer = new Utf8JsonWriter(file, _style)) _root.WriteTo(writer);
                file.WriteByte((byte)'\n');
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, _path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static JsonWriterOptions StyleOf(string text)
    {
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        var indent = line < 0 ? "" : text[(line + 1)..];
        indent = indent[..(indent.Length - indent.TrimStart(' ', '\t').Length)];
        return new JsonWriterOptions
        {
            Indented = line >= 0,
            IndentCharacter = indent.StartsWith(' ') ? ' ' : '\t',
            IndentSize = Math.Clamp(indent.Length, 1, 16),
            NewLine = "\n",
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
    }
}
