using System.Globalization;

namespace Strata.Web;

/// <summary>What the hub tells browsers of its answers.</summary>
internal static class HubHeaders
{
    /// <summary>Of documents, which most answers are: nothing in them runs or loads, and nobody may frame them. Pages have their own.</summary>
    private const string Policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void UseHubHeaders(this IApplicationBuilder app, TlsOptions tls)
    {
        var strict = "max-age=" + ((long)tls.Hsts.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        app.Use(next => context =>
        {
            var headers = context.Response.Headers;
            // A word for localhost would hold for every other server on this machine, too.
            if (tls.Hsts > TimeSpan.Zero && context.Request.IsHttps && context.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
                headers.StrictTransportSecurity = strict;
            // Under /v2/ are programs, and the path is hot; blobs have their own.
            if (!context.Request.Path.StartsWithSegments("/v2", StringComparison.Ordinal))
            {
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
            }
            return next(context);
        });
    }
}
