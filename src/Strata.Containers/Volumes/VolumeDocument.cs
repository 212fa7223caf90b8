using System.Globalization;
using System.Text.Json.Nodes;

namespace Strata.Containers.Volumes;

/// <summary>A volume as <c>docker volume inspect</c> and the Engine API show it.</summary>
public static class VolumeDocument
{
    public static JsonObject Of(VolumeDefinition volume, string path) => new()
    {
        ["CreatedAt"] = volume.Created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        ["Driver"] = "local",
        ["Labels"] = Texts(volume.Labels),
        ["Mountpoint"] = path,
        ["Name"] = volume.Name,
        ["Options"] = Texts(volume.Options),
        ["Scope"] = "local",
    };

    /// <summary>Null where there are none, as docker has it.</summary>
    private static JsonObject? Texts(IReadOnlyDictionary<string, string> texts) =>
        texts.Count == 0 ? null : new(texts.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value)));
}
