using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Measures, traces and logs each request. It is before all end-points, and only where one of the three is wanted.</summary>
internal sealed class RequestObserver(RegistryMetrics metrics, RegistryTraces traces, AccessLogWriter? log, TimeProvider time)
{
    private const int ClientLeft = 499; // as nginx writes it

    public async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var began = Stopwatch.GetTimestamp();
        RegistryPath path = default;
        var inRegistry = context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal) && RegistryPath.TryParse(context.Request.Path.Value, out path);
        var method = RequestRoute.MethodOf(context.Request);
        var record = new RequestRecord();
        context.Features.Set(record);
        using var activity = traces.Begin(context, method);
        context.Response.Headers["X-Request-Id"] = RequestId.Of(context, activity);
        var failed = true;
        try
        {
            await next(context).ConfigureAwait(false);
            failed = false;
        }
        finally
        {
            var took = Stopwatch.GetElapsedTime(began);
            var status = context.RequestAborted.IsCancellationRequested ? ClientLeft : failed ? StatusCodes.Status500InternalServerError : context.Response.StatusCode;
            var route = RequestRoute.Of(context, inRegistry, path);
            var received = record.Received ?? context.Request.ContentLength ?? 0;
            var sent = record.Sent ?? (method == "HEAD" ? 0 : context.Response.ContentLength ?? 0);
            metrics.Requested(route, method, status, took.TotalSeconds, received, sent);
            RegistryTraces.End(activity, route, method, status, record.Fault);
            log?.Write(new AccessEntry
            {
                Time = time.GetUtcNow(),
                Remote = context.Connection.RemoteIpAddress,
                User = RegistryCaller.Of(context)?.Account,
                Method = context.Request.Method,
                Target = SafeTarget.Of(context.Request),
                Protocol = context.Request.Protocol,
                Status = status,
                Received = received,
                Sent = sent,
                Duration = took,
                UserAgent = context.Request.Headers.UserAgent.ToString(),
                RequestId = context.TraceIdentifier,
                TraceId = activity?.TraceId.ToHexString(),
                Repository = inRegistry && path.Repository.Length > 0 ? path.Repository : null,
                Action = inRegistry ? RequestRoute.ActionOf(path, method) : null,
                Error = record.Fault,
            });
        }
    }
}
