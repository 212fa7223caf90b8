using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Strata.Registry.Server;

/// <summary>One request, one line.</summary>
internal static class AccessFormats
{
    public static void WriteJson(AccessEntry entry, ArrayBufferWriter<byte> to)
    {
        using (var json = new Utf8JsonWriter(to))
        {
            json.WriteStartObject();
            json.WriteString("time"u8, entry.Time);
            Optional(json, "remote"u8, entry.Remote?.ToString());
            Optional(json, "user"u8, entry.User);
            json.WriteString("method"u8, entry.Method);
            json.WriteString("path"u8, entry.Target);
            json.WriteNumber("status"u8, entry.Status);
            json.WriteNumber("received"u8, entry.Received);
            json.WriteNumber("sent"u8, entry.Sent);
            json.WriteNumber("duration_ms"u8, Math.Round(entry.Duration.TotalMilliseconds, 3));
            Optional(json, "user_agent"u8, entry.UserAgent);
            json.WriteString("request_id"u8, entry.RequestId);
            Optional(json, "trace_id"u8, entry.TraceId);
            Optional(json, "repository"u8, entry.Repository);
            Optional(json, "action"u8, entry.Action);
            Optional(json, "error"u8, entry.Error);
            json.WriteEndObject();
        }
        to.Write("\n"u8);
    }

    public static void WriteCombined(AccessEntry entry, ArrayBufferWriter<byte> to)
    {
        var when = entry.Time.ToString("dd/MMM/yyyy:HH:mm:ss +0000", CultureInfo.InvariantCulture);
        Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Remote?.ToString() ?? "-"} - {entry.User ?? "-"} [{when}] \"{Quoted(entry.Method)} {Quoted(entry.Target)} {entry.Protocol}\" {entry.Status} {entry.Sent} \"-\" \"{Quoted(entry.UserAgent)}\"\n"), to);
    }

    private static void Optional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) json.WriteString(name, value);
    }

    /// <summary>What a client says must not look like the end of a field or of a line.</summary>
    private static string Quoted(string text) => text.AsSpan().ContainsAny("\"\\") || text.AsSpan().ContainsAnyInRange('\0', '\x1f')
        ? string.Concat(text.Select(c => c is '"' or '\\' ? $"\\{c}" : c < ' ' ? $"\\x{(int)c:X2}" : c.ToString()))
        : text;
}
