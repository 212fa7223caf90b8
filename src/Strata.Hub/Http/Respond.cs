using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Strata.Hub;

internal static class Respond
{
    public static async Task JsonAsync<T>(HttpContext context, T answer, JsonTypeInfo<T> type, string contentType = "application/json")
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
    }

    public static Task ProblemAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, new Problem(title, status, detail), HubJson.Default.Problem, "application/problem+json");
    }
}
