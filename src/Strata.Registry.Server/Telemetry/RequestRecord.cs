using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>What the end-points tell of a request to those who observe it; nobody's when nobody does.</summary>
internal sealed class RequestRecord
{
    /// <summary>Bytes of the body that came, where they were counted.</summary>
    public long? Received { get; private set; }

    /// <summary>Bytes of the answer's body that went, where they were counted.</summary>
    public long? Sent { get; private set; }

    /// <summary>The code of the error document.</summary>
    public string? Fault { get; private set; }

    public static void CountReceived(HttpContext context, long bytes)
    {
        if (context.Features.Get<RequestRecord>() is { } record) record.Received = bytes;
    }

    public static void CountSent(HttpContext context, long bytes)
    {
        if (context.Features.Get<RequestRecord>() is { } record) record.Sent = bytes;
    }

    public static void Refused(HttpContext context, string code)
    {
        if (context.Features.Get<RequestRecord>() is { } record) record.Fault = code;
    }
}
