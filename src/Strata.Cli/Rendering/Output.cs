using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Cli.Rendering;

/// <summary>Prints what a command found, in the form that was asked for. Results go to stdout, everything else to stderr.</summary>
internal sealed class Output(string? format, bool quiet)
{
    private static readonly JsonWriterOptions Pretty = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsJson => format == "json";

    public bool IsQuiet => quiet;

    /// <summary>No other form was asked for.</summary>
    public bool IsPlain => !quiet && format is null or "" or "table";

    /// <summary>The terminal's width, or null when stdout is no terminal.</summary>
    private static int? Width => Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth);

    /// <summary>A list: a table, one JSON array, or a line an item by a template; quiet, a word an item.</summary>
    public void List<T>(IReadOnlyCollection<T> items, Func<T, JsonObject> toJson, Func<IReadOnlyCollection<T>, TextTable> toTable, Func<T, string> toWord)
    {
        if (quiet)
        {
            foreach (var word in items.Select(toWord)) Console.Out.WriteLine(word);
        }
        else if (IsJson)
        {
            Json(new JsonArray([.. items.Select(toJson)]));
        }
        else if (format is null or "" or "table")
        {
            Console.Out.Write(toTable(items).Render(Width));
        }
        else
        {
            Templated([.. items.Select(toJson)]);
        }
    }

    /// <summary>One thing: JSON as asked for or by default, or a template.</summary>
    public void Object(JsonObject value, Action? asText = null)
    {
        if (format is null or "" or "table")
        {
            if (asText is not null) asText();
            else Json(value);
        }
        else if (IsJson)
        {
            Json(value);
        }
        else
        {
            Templated([value]);
        }
    }

    /// <summary>Several documents, as docker's inspect has it: one JSON array, or a line each by a template.</summary>
    public void Documents(IReadOnlyList<JsonObject> documents)
    {
        if (format is null or "" or "table" or "json") Json(new JsonArray([.. documents]));
        else Templated(documents);
    }

    public static void Json(JsonNode value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Pretty)) value.WriteTo(writer);
        buffer.WriteByte((byte)'\n');
        using var stdout = Console.OpenStandardOutput();
        stdout.Write(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private void Templated(IReadOnlyList<JsonObject> items)
    {
        var template = Template.Parse(format!);
        if (!template.IsTable)
        {
            foreach (var item in items) Console.Out.WriteLine(template.Render(item));
            return;
        }
        var table = new TextTable([.. template.Headers()]);
        foreach (var item in items) table.Add(template.Render(item).Split('\t'));
        Console.Out.Write(table.Render(Width));
    }
}
