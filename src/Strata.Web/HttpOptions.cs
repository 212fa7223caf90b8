using System.Net;
using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>How the hub takes part in HTTP: patience with slow clients, and whom it believes.</summary>
internal sealed record HttpOptions : ISettings<HttpOptions>
{
    /// <summary>The longest that a client may take to send a request's headers.</summary>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan KeepAliveTimeout { get; init; } = TimeSpan.FromSeconds(130);

    /// <summary>Bytes per second that a body must move at, in either direction; slower connections are cut. 0 for any speed.</summary>
    public long MinDataRate { get; init; } = 240;

    /// <summary>How long a body may be slower, at its beginning and after a pause.</summary>
    public TimeSpan MinDataRateGrace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Connections at the same time; null for any number.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>Who may say with X-Forwarded-For and X-Forwarded-Proto whom a request comes from; nobody else is believed.</summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public static HttpOptions Read(SettingsSection from, HttpOptions usual) => new()
    {
        HeadersTimeout = from.Duration("headersTimeout", usual.HeadersTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
        KeepAliveTimeout = from.Duration("keepAliveTimeout", usual.KeepAliveTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        MinDataRate = from.Size("minDataRate", usual.MinDataRate, 0, 1L << 30),
        MinDataRateGrace = from.Duration("minDataRateGrace", usual.MinDataRateGrace, TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10)),
        MaxConnections = from.OptionalNumber("maxConnections", usual.MaxConnections, 1, 1_000_000),
        TrustedProxies = from.List("trustedProxies", usual.TrustedProxies, TryNetwork, static n => n.ToString(), "an address or a network, such as 10.0.0.0/8"),
    };

    private static bool TryNetwork(string text, out IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address)) return IPNetwork.TryParse(text, out network);
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
