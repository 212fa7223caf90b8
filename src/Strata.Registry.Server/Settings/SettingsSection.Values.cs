using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Registry.Server;

/// <summary>Turns a text into a value; false when it is none.</summary>
public delegate bool SettingParser<T>(string text, out T value);

/// <summary>The kinds of values.</summary>
public sealed partial class SettingsSection
{
    public bool Flag(string key, bool usual) => Take(key, usual, "true or false", static (JsonNode? n, out bool v) =>
    {
        v = n?.GetValueKind() == JsonValueKind.True;
        return v || n?.GetValueKind() == JsonValueKind.False;
    }, static v => JsonValue.Create(v));

    public string Text(string key, string usual) => Take(key, usual, "a text", IsText, static v => JsonValue.Create(v));

    public string? OptionalText(string key, string? usual) => Take(key, usual, "a text, or null", Optional<string>(IsText), static v => v is null ? null : JsonValue.Create(v));

    /// <summary>A text that is not shown with the effective configuration.</summary>
    public string? Secret(string key, string? usual) => Take(
        key, usual, "a text, or null", Optional<string>(IsText), static v => v is null ? null : JsonValue.Create("(secret)"), shown: static _ => "a secret");

    /// <summary>A file or folder; relative to the folder of the configuration file.</summary>
    public string? OptionalPath(string key, string? usual) => Take(key, usual, "a file or folder, or null", (JsonNode? n, out string? v) =>
    {
        v = IsText(n, out var path) ? Path.GetFullPath(path, _folder) : null;
        return v is not null || n is null;
    }, static v => v is null ? null : JsonValue.Create(v));

    /// <summary>A text of a grammar of its own, such as an address.</summary>
    public T Parsed<T>(string key, T usual, SettingParser<T> parse, Func<T, string> format, string expected) => Take(
        key, usual, expected, (JsonNode? n, out T v) => FromText(n, parse, out v), v => JsonValue.Create(format(v)));

    /// <summary>A text of a grammar of its own; null is none.</summary>
    public T? OptionalParsed<T>(string key, T? usual, SettingParser<T> parse, Func<T, string> format, string expected)
        where T : class => Take(key, usual, expected, (JsonNode? n, out T? v) =>
        {
            v = null;
            return n is null || FromText(n, parse!, out v);
        }, v => v is null ? null : JsonValue.Create(format(v)));

    /// <summary>One of a few words.</summary>
    public T Choice<T>(string key, T usual)
        where T : struct, Enum => Parsed(key, usual, static (string text, out T v) =>
        {
            v = default;
            return Array.Exists(Enum.GetNames<T>(), name => Word(name) == text) && Enum.TryParse(text, ignoreCase: true, out v);
        }, static v => Word(v.ToString()), "one of " + string.Join(", ", Enum.GetNames<T>().Select(Word)));

    public int Number(string key, int usual, int from, int to) => Within(
        key, Take(key, usual, "a whole number", IsNumber, static v => JsonValue.Create(v)), from, to, static v => v.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null is none.</summary>
    public int? OptionalNumber(string key, int? usual, int from, int to)
    {
        var value = Take(key, usual, "a whole number, or null", OptionalValue<int>(IsNumber), static v => v is { } n ? JsonValue.Create(n) : null);
        if (value is { } given) Within(key, given, from, to, static v => v.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    /// <summary>Bytes.</summary>
    public long Size(string key, long usual, long from, long to) => Within(
        key, Take(key, usual, Bytes.Expected, IsSize, static v => JsonValue.Create(Bytes.Format(v))), from, to, Bytes.Format);

    /// <summary>Bytes; null is none.</summary>
    public long? OptionalSize(string key, long? usual, long from, long to)
    {
        var value = Take(key, usual, Bytes.Expected + ", or null", OptionalValue<long>(IsSize), static v => v is { } n ? JsonValue.Create(Bytes.Format(n)) : null);
        if (value is { } given) Within(key, given, from, to, Bytes.Format);
        return value;
    }

    public TimeSpan Duration(string key, TimeSpan usual, TimeSpan from, TimeSpan to) => Within(
        key, Parsed(key, usual, Durations.TryParse, Durations.Format, Durations.Expected), from, to, Durations.Format);

    private delegate bool NodeParser<T>(JsonNode? node, out T value);

    private T Take<T>(string key, T usual, string expected, NodeParser<T> parse, Func<T, JsonNode?> format, Func<JsonNode?, string>? shown = null)
    {
        var value = usual;
        if (Find(key, out var node) && !parse(node, out value))
        {
            Fault(key, $"is {(shown ?? Shown)(node)}; it must be {expected}");
            value = usual;
        }
        Effective[key] = format(value);
        return value;
    }

    private T Within<T>(string key, T value, T from, T to, Func<T, string> format)
        where T : IComparable<T>
    {
        if (value.CompareTo(from) < 0 || value.CompareTo(to) > 0) Fault(key, $"is {format(value)}; it must be {format(from)} to {format(to)}");
        return value;
    }

    private static NodeParser<T?> Optional<T>(NodeParser<T> parse)
        where T : class => (JsonNode? n, out T? v) =>
        {
            v = null;
            return n is null || parse(n, out v);
        };

    private static NodeParser<T?> OptionalValue<T>(NodeParser<T> parse)
        where T : struct => (JsonNode? n, out T? v) =>
        {
            v = null;
            if (n is null) return true;
            var valid = parse(n, out var value);
            v = value;
            return valid;
        };

    private static bool FromText<T>(JsonNode? node, SettingParser<T> parse, out T value)
    {
        value = default!;
        return IsText(node, out var text) && parse(text, out value);
    }

    private static bool IsText(JsonNode? node, out string value)
    {
        value = node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : "";
        return value.Length > 0;
    }

    private static bool IsNumber(JsonNode? node, out int value)
    {
        value = 0;
        return node?.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue(out value);
    }

    private static bool IsSize(JsonNode? node, out long value)
    {
        value = 0;
        return node?.GetValueKind() == JsonValueKind.Number ? node.AsValue().TryGetValue(out value) : FromText(node, Bytes.TryParse, out value);
    }

    private static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
