using System.Net;
using Strata.Hub;
using Strata.Registry.Server;

namespace Strata.Web;

/// <summary>The hub's configuration file: a section a feature, each a record of the room that has the feature. docs/operations/hub.md.</summary>
internal sealed record HubSettings : ISettings<HubSettings>
{
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 5000);

    /// <summary>The folder of everything that the hub keeps. No default.</summary>
    public string? Data { get; init; }

    public RegistryOptions Registry { get; init; } = new() { DataFolder = "" };

    public HubOptions Hub { get; init; } = new() { DataFolder = "" };

    /// <summary>
    /// Proxies that are believed when they say, by X-Forwarded-For, -Proto and -Host, where a request comes from and what it asked for.
    /// Default: none.
    /// </summary>
    public IReadOnlyList<IPNetwork> TrustedProxies { get; init; } = [];

    public static HubSettings Read(SettingsSection from, HubSettings usual)
    {
        var data = from.OptionalPath("data", usual.Data);
        return new()
        {
            Data = data,
            Listen = from.Parsed("listen", usual.Listen, ListenAddress.TryParse, static a => a.ToString(), "ADDRESS:PORT"),
            Registry = from.Section("registry", usual.Registry with { DataFolder = data ?? "" }),
            Hub = from.Section("hub", usual.Hub with { DataFolder = data ?? "" }) with { Auth = from.Section("auth", usual.Hub.Auth) },
            TrustedProxies = from.List("trustedProxies", usual.TrustedProxies, TryNetwork, static n => n.ToString(), "an address or a network, such as 10.0.0.0/8"),
        };
    }

    private static bool TryNetwork(string text, out IPNetwork network)
    {
        if (IPNetwork.TryParse(text, out network)) return true;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
