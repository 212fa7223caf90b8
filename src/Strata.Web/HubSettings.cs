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

    public HttpOptions Http { get; init; } = new();

    public TlsOptions Tls { get; init; } = new();

    public RegistryOptions Registry { get; init; } = new() { DataFolder = "" };

    public HubOptions Hub { get; init; } = new() { DataFolder = "" };

    public static HubSettings Read(SettingsSection from, HubSettings usual)
    {
        var data = from.OptionalPath("data", usual.Data);
        var mirrors = from.ListOfSections("mirrors", new MirrorOptions());
        foreach (var fault in MirrorOptions.FaultsOf(mirrors)) from.Fault("mirrors", fault);
        return new()
        {
            Data = data,
            Listen = from.Parsed("listen", usual.Listen, ListenAddress.TryParse, static a => a.ToString(), "ADDRESS:PORT"),
            Http = from.Section("http", usual.Http),
            Tls = from.Section("tls", usual.Tls),
            Registry = from.Section("registry", usual.Registry with { DataFolder = data ?? "" }) with
            {
                Limits = from.Section("limits", usual.Registry.Limits),
                Drain = from.Section("drain", usual.Registry.Drain),
                Quota = from.Section("quota", usual.Registry.Quota),
                Metrics = from.Section("metrics", usual.Registry.Metrics),
                AccessLog = from.Section("accessLog", usual.Registry.AccessLog),
                Garbage = from.Section("garbage", usual.Registry.Garbage),
                Scrub = from.Section("scrub", usual.Registry.Scrub),
            },
            Hub = from.Section("hub", usual.Hub with { DataFolder = data ?? "" }) with
            {
                Auth = from.Section("auth", usual.Hub.Auth),
                Scans = from.Section("scans", usual.Hub.Scans),
                Mirrors = mirrors,
            },
        };
    }
}
