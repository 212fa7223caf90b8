using System.Text.Json;

namespace Strata.Packages.Catalogers;

/// <summary>Asks JSON for what should be there, and takes it as absent where something else is.</summary>
internal static class JsonElements
{
    extension(JsonElement element)
    {
        /// <summary>A member; undefined where there is none.</summary>
        public JsonElement At(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

        /// <summary>A member that is a string; null where there is none.</summary>
        public string? Text(string name) => element.At(name).AsText;

        public string? AsText => element.ValueKind == JsonValueKind.String ? element.GetString() : null;

        public bool IsTrue(string name) => element.At(name).ValueKind == JsonValueKind.True;

        /// <summary>The elements of an array; none where it is no array.</summary>
        public IEnumerable<JsonElement> Items => element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : Enumerable.Empty<JsonElement>();

        /// <summary>The members of an object; none where it is no object.</summary>
        public IEnumerable<JsonProperty> Members => element.ValueKind == JsonValueKind.Object ? element.EnumerateObject() : Enumerable.Empty<JsonProperty>();
    }
}
