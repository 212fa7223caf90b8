using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary>Traces of requests, as OpenTelemetry names their parts. Nobody who listens: nothing is made.</summary>
internal sealed class RegistryTraces : IDisposable
{
    public const string SourceName = "Strata.Registry";

    private readonly ActivitySource _source = new(SourceName);

    /// <summary>Goes on with the client's trace where it names one. W3C Trace Context.</summary>
    public Activity? Begin(HttpContext context, string method)
    {
        if (!_source.HasListeners()) return null;
        var headers = context.Request.Headers;
        _ = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var parent);
        return _source.StartActivity(method, ActivityKind.Server, parent);
    }

    public static void End(Activity? activity, string route, string method, int status, string? fault)
    {
        if (activity is null) return;
        activity.DisplayName = $"{method} {route}";
        activity.SetTag("http.request.method", method);
        activity.SetTag("http.route", route);
        activity.SetTag("http.response.status_code", status);
        if (fault is not null) activity.SetTag("error.type", fault);
        else if (status >= 500) activity.SetTag("error.type", status.ToString(CultureInfo.InvariantCulture));
        if (status >= 500) activity.SetStatus(ActivityStatusCode.Error);
    }

    public void Dispose() => _source.Dispose();
}
