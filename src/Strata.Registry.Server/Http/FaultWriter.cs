using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Writes a fault as the JSON of the distribution spec, "Error Codes".</summary>
internal static class FaultWriter
{
    // It is JSON and said to be; escaping it for HTML would only make it hard to read.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(HttpContext context, RegistryFault fault)
    {
        var response = context.Response;
        RequestRecord.Refused(context, fault.Code);
        if (response.HasStarted)
        {
            // Part of the body is out: only a broken connection tells the client that the rest is not coming.
            context.Abort();
            return;
        }
        response.StatusCode = fault.Status;
        if (fault.RetryAfter is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        response.ContentType = "application/json";
        var json = ToJson(fault);
        response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    private static byte[] ToJson(RegistryFault fault)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("errors"u8);
            json.WriteStartObject();
            json.WriteString("code"u8, fault.Code);
            json.WriteString("message"u8, fault.Message);
            if (fault.Detail is null) json.WriteNull("detail"u8);
            else json.WriteString("detail"u8, fault.Detail.Length > 512 ? fault.Detail[..512] : fault.Detail);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }
}
