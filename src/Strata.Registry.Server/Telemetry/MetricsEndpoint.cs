using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Strata.Registry.Server;

/// <summary><c>/metrics</c>: on an address of its own for everybody there, else for this machine and for administrators.</summary>
internal sealed class MetricsEndpoint(PrometheusCollector collector, IRegistryAuthorizer authorizer, MetricsOptions options)
{
    public async Task HandleAsync(HttpContext context)
    {
        if (!await MayAsync(context).ConfigureAwait(false))
        {
            await FaultWriter.WriteAsync(context, RegistryFault.Of(AccessDecision.Denied, repository: null)).ConfigureAwait(false);
            return;
        }
        var text = Encoding.UTF8.GetBytes(collector.Read());
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    private async ValueTask<bool> MayAsync(HttpContext context)
    {
        if (options.Listen is not null) return true; // it is mapped on that address alone
        if (IsOfThisMachine(context)) return true;
        var header = context.Request.Headers.Authorization;
        if (header.Count == 0) return false;
        var answer = await authorizer.AuthorizeAsync(
            new AccessRequest(RegistryAction.Enter, Repository: null, header.ToString()) { Host = context.Request.Host.Value ?? "", Address = context.Connection.RemoteIpAddress },
            context.RequestAborted).ConfigureAwait(false);
        return answer is { Decision: AccessDecision.Allowed, Caller.IsAdministrator: true };
    }

    /// <summary>A request that a proxy on this machine passes on comes from this machine too, and is not of it.</summary>
    private static bool IsOfThisMachine(HttpContext context)
    {
        var headers = context.Request.Headers;
        return context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
            && !headers.ContainsKey("X-Forwarded-For") && !headers.ContainsKey("Forwarded") && !headers.ContainsKey("X-Real-IP") && !headers.ContainsKey("Via");
    }
}
