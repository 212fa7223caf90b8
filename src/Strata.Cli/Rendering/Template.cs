using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Cli.Rendering;

/// <summary>
/// The part of Go's templates that people use with docker: <c>{{.Field}}</c>, <c>{{.A.B}}</c>, <c>{{json .}}</c>, <c>{{json .Field}}</c>, with
/// <c>\t</c> and <c>\n</c>, and <c>table</c> in front for a header.
/// </summary>
internal sealed class Template
{
    private readonly List<(string Text, string[]? Path, bool AsJson)> _parts = [];

    public bool IsTable { get; private init; }

    /// <exception cref="UsageException">The template has something else than fields.</exception>
    public static Template Parse(string text)
    {
        var isTable = text.StartsWith("table ", StringComparison.Ordinal);
        var rest = (isTable ? text["table ".Length..] : text).Replace("\\t", "\t", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
        var template = new Template { IsTable = isTable };
        while (rest.Length > 0)
        {
            var open = rest.IndexOf("{{", StringComparison.Ordinal);
            if (open < 0)
            {
                template._parts.Add((rest, null, false));
                break;
            }
            if (open > 0) template._parts.Add((rest[..open], null, false));
            var close = rest.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0) throw Wrong(text, "a {{ has no }}");
            template._parts.Add(Field(text, rest[(open + 2)..close].Trim().Trim('-').Trim()));
            rest = rest[(close + 2)..];
        }
        if (template._parts.TrueForAll(p => p.Path is null)) throw Wrong(text, "it names no field");
        return template;
    }

    public IEnumerable<string> Headers() =>
        string.Concat(_parts.Select(p => p.Path is null ? p.Text : p.Path.LastOrDefault()?.ToUpperInvariant() ?? "VALUE")).Split('\t');

    /// <exception cref="UsageException">The value has no such field.</exception>
    public string Render(JsonObject value)
    {
        var line = new StringBuilder();
        foreach (var (text, path, asJson) in _parts)
        {
            if (path is null)
            {
                line.Append(text);
                continue;
            }
            var node = Find(value, path);
            line.Append(asJson ? node?.ToJsonString() ?? "null" : Plain(node));
        }
        return line.ToString();
    }

    private static (string Text, string[]? Path, bool AsJson) Field(string template, string expression)
    {
        var asJson = expression.StartsWith("json ", StringComparison.Ordinal);
        var path = (asJson ? expression["json ".Length..] : expression).Trim();
        if (path == ".") return ("", [], asJson);
        if (!path.StartsWith('.') || path.AsSpan(1).ContainsAny(" |()\"")) throw Wrong(template, $"'{expression}' is not understood");
        return ("", path[1..].Split('.'), asJson);
    }

    private static JsonNode? Find(JsonObject value, string[] path)
    {
        JsonNode? node = value;
        foreach (var name in path)
        {
            if (node is not JsonObject fields) return null;
            // Exact first; our own lists have lowercase names, and {{.Name}} means them, too.
            var key = fields.ContainsKey(name) ? name : fields.Select(f => f.Key).FirstOrDefault(k => k.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (key is null)
                throw new UsageException($"there is no field '{name}'", "there are: " + string.Join(", ", fields.Select(f => f.Key)));
            node = fields[key];
        }
        return node;
    }

    private static string Plain(JsonNode? node) => node switch
    {
        null => "",
        JsonArray list => "[" + string.Join(' ', list.Select(Plain)) + "]",
        JsonObject fields => "map[" + string.Join(' ', fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}:{Plain(f.Value)}")) + "]",
        _ => node.ToString(),
    };

    private static UsageException Wrong(string template, string why) =>
        new($"the template '{template}' cannot be used: {why}", "write fields, such as '{{.ID}} {{.Size}}' or '{{json .}}'");
}
