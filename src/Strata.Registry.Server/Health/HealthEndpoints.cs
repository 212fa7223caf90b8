using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary><c>/healthz</c>: the process is alive. <c>/readyz</c>: it may be given requests; with <c>?verbose</c>, what of it works and what does not.</summary>
internal sealed class HealthEndpoints(Readiness readiness)
{
    public static Task AliveAsync(HttpContext context) => WriteAsync(context, "text/plain; charset=utf-8", "ok\n"u8.ToArray());

    public async Task ReadyAsync(HttpContext context)
    {
        var parts = await readiness.AskAsync(context.RequestAborted).ConfigureAwait(false);
        var ill = parts.Where(p => p.Fault is not null).Select(p => p.Name).ToArray();
        if (ill.Length > 0) context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        var verbose = context.Request.Query.ContainsKey("verbose");
        if (verbose) await WriteAsync(context, "application/json", ToJson(parts, ill.Length == 0)).ConfigureAwait(false);
        else await WriteAsync(context, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(ill.Length == 0 ? "ready\n" : $"not ready: {string.Join(", ", ill)}\n")).ConfigureAwait(false);
    }

    private static async Task WriteAsync(HttpContext context, string type, byte[] body)
    {
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] ToJson(IReadOnlyList<PartState> parts, bool ready)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteBoolean("ready"u8, ready);
            json.WriteStartArray("parts"u8);
            foreach (var part in parts)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, part.Name);
                json.WriteBoolean("ready"u8, part.Fault is null);
                if (part.Fault is not null) json.WriteString("reason"u8, part.Fault);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
