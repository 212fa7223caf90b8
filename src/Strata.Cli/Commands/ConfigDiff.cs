using System.Text.Json.Nodes;
using Strata.Oci;

namespace Strata.Cli.Commands;

/// <summary>What is different in how two images run: each field, each variable of the environment, each label by itself.</summary>
internal sealed class ConfigDiff(IReadOnlyList<(string Field, string? Before, string? After)> changes) : IDiffSection
{
    public string Name => "config";

    public string Summary => changes.Count == 0 ? "no difference" : $"{changes.Count} fields differ";

    public static ConfigDiff Of(Session session, string before, string after, Platform? platform)
    {
        var a = Fields(InspectCommand.ToJson(session.Images.Inspect(before, platform)));
        var b = Fields(InspectCommand.ToJson(session.Images.Inspect(after, platform)));
        return new ConfigDiff([.. a.Keys.Union(b.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(f => (f, a.GetValueOrDefault(f), b.GetValueOrDefault(f))).Where(c => c.Item2 != c.Item3)]);
    }

    public IEnumerable<string> Lines() => changes.Select(c =>
        c.Before is null ? $"+ {c.Field}={c.After}" : c.After is null ? $"- {c.Field}={c.Before}" : $"~ {c.Field}={c.Before} to {c.After}");

    public JsonArray ToJson() => new([.. changes.Select(c => (JsonNode)new JsonObject { ["field"] = c.Field, ["before"] = c.Before, ["after"] = c.After })]);

    private static SortedDictionary<string, string> Fields(JsonObject image)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["Platform"] = $"{image["Os"]}/{image["Architecture"]}{(image["Variant"] is { } variant ? "/" + variant : "")}",
        };
        foreach (var (name, value) in image["Config"]!.AsObject())
        {
            switch (value)
            {
                case null:
                    break;
                case JsonObject map:
                    foreach (var (key, item) in map) fields[$"{name}.{key}"] = item?.ToString() is { } text && text != "{}" ? text : "";
                    break;
                case JsonArray list when name == "Env":
                    foreach (var variable in list.Select(v => v?.ToString() ?? "")) Add(fields, variable);
                    break;
                default:
                    if (value.ToString() is { Length: > 0 }) fields[name] = value is JsonArray ? value.ToJsonString() : value.ToString();
                    break;
            }
        }
        return fields;
    }

    private static void Add(SortedDictionary<string, string> fields, string variable)
    {
        var equals = variable.IndexOf('=', StringComparison.Ordinal);
        fields["Env." + (equals < 0 ? variable : variable[..equals])] = equals < 0 ? "" : variable[(equals + 1)..];
    }
}
