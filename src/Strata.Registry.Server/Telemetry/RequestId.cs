using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>The name of a request, in its answer and in every line of the log about it.</summary>
internal static class RequestId
{
    private const int Longest = 64;

    /// <summary>The client's own, where it is one that cannot harm a log; so a proxy's log and this one tell of the same request.</summary>
    public static string Of(HttpContext context, Activity? activity)
    {
        var given = context.Request.Headers["X-Request-Id"];
        if (given.Count == 1 && given[0] is { Length: > 0 and <= Longest } id && !id.AsSpan().ContainsAnyExcept(Allowed)) context.TraceIdentifier = id;
        else if (activity is not null) context.TraceIdentifier = activity.TraceId.ToHexString();
        return context.TraceIdentifier;
    }

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");
}
