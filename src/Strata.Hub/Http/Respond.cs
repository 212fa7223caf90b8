using System.Globalization;
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

    /// <summary>Says when to try again, and gives it in seconds.</summary>
    public static string RetryAfter(HttpContext context, TimeSpan wait)
    {
        var seconds = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.RetryAfter = seconds;
        return seconds;
    }

    public static Task ProblemAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return JsonAsync(context, new Problem(title, status, detail), HubJson.Default.Problem, "application/problem+json");
    }

    public static Task WrongCredentialsAsync(HttpContext context) => ProblemAsync(
        context, StatusCodes.Status401Unauthorized, "Wrong credentials", "the user or the password is wrong");

    public static Task ThrottledAsync(HttpContext context, TimeSpan wait) => ProblemAsync(
        context, StatusCodes.Status429TooManyRequests, "Too many wrong passwords", $"try again in {RetryAfter(context, wait)} s");
}
