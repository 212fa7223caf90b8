using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Strata.Web;

/// <summary>The web server of the hub.</summary>
internal static class HubKestrel
{
    public static void Configure(KestrelServerOptions kestrel, HubSettings settings)
    {
        var options = settings.Http;
        kestrel.AddServerHeader = false;
        kestrel.Listen(settings.Listen, listen => Listen(listen, kestrel.ApplicationServices.GetService<CertificateWatch>()));
        if (settings.Registry.Metrics is { Enabled: true, Listen: { } own }) kestrel.Listen(own, listen => listen.Protocols = HttpProtocols.Http1);
        var limits = kestrel.Limits;
        // A layer may have any size that "limits" lets it have; manifests have their own limit.
        limits.MaxRequestBodySize = null;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxResponseBufferSize = 512 * 1024;
        // What may be on the way of an upload: with the 96 KiB that are usual, a line of 100 ms takes less than 1 MB/s.
        limits.Http2.InitialConnectionWindowSize = 8 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
        limits.Http2.MaxFrameSize = 256 * 1024;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MinRequestBodyDataRate = Rate(options);
        limits.MinResponseDataRate = Rate(options);
    }

    /// <summary>Where a proxy is trusted, the address that it names is the request's from here on.</summary>
    public static void UseTrustedProxies(this IApplicationBuilder app, HttpOptions options)
    {
        if (options.TrustedProxies.Count == 0) return;
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null, // as many as there are trusted ones in a row
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var network in options.TrustedProxies) forwarded.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(forwarded);
    }

    /// <summary>Without TLS only HTTP/1.1: nothing at the beginning of a plain connection says which of the two a client speaks.</summary>
    private static void Listen(ListenOptions listen, CertificateWatch? certificate)
    {
        listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
        if (certificate is null) return;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => new(certificate.Current), HandshakeTimeout = TimeSpan.FromSeconds(10) });
    }

    private static MinDataRate? Rate(HttpOptions options) => options.MinDataRate == 0 ? null : new MinDataRate(options.MinDataRate, options.MinDataRateGrace);
}
