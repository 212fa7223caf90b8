using System.Text.Json;

namespace Strata.Vulnerabilities.Osv;

/// <summary>Fields of a JSON object. Null and absent are the same; a wrong type is an error that names the field.</summary>
internal static class OsvField
{
    public static string? Text(JsonElement parent, string name)
    {
        if (Find(parent, name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string");
    }

    public static IReadOnlyList<string>? Texts(JsonElement parent, string name)
    {
        var texts = new List<string>();
        foreach (var item in Items(parent, name))
            texts.Add(item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name, "an array of strings"));
        return texts.Count == 0 ? null : texts;
    }

    public static IEnumerable<JsonElement> Items(JsonElement parent, string name)
    {
        if (Find(parent, name) is not { } value) return [];
        return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, "an array");
    }

    public static JsonElement? Find(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object) throw Wrong(name, "a field of an object");
        return parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static OsvFormatException Wrong(string name, string expected) => new($"not an OSV record: {name} is not {expected}");
}
