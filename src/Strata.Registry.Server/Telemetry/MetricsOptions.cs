using System.Net;

namespace Strata.Registry.Server;

/// <summary>What the hub tells of itself to those who watch over it.</summary>
public sealed record MetricsOptions : ISettings<MetricsOptions>
{
    /// <summary>Whether requests are measured and <c>/metrics</c> answers.</summary>
    public bool Enabled { get; init; }

    /// <summary>
    /// An address of its own for <c>/metrics</c> and the health checks, where everybody is answered; null for the hub's own address, where only
    /// this machine and administrators are.
    /// </summary>
    public IPEndPoint? Listen { get; init; }

    /// <summary>Where metrics and traces are sent by OTLP; null for what OTEL_EXPORTER_OTLP_ENDPOINT says, and nowhere if it says nothing.</summary>
    public Uri? Otlp { get; init; }

    public static MetricsOptions Read(SettingsSection from, MetricsOptions usual) => new()
    {
        Enabled = from.Flag("enabled", usual.Enabled),
        Listen = from.OptionalParsed("listen", usual.Listen, TryAddress, static a => a.ToString(), "ADDRESS:PORT, or null"),
        Otlp = from.OptionalParsed("otlp", usual.Otlp, TryUri, static u => u.OriginalString, "an address such as http://127.0.0.1:4317, or null"),
    };

    // IPEndPoint reads an address without a port too, and takes port 0 for it.
    private static bool TryAddress(string text, out IPEndPoint value) =>
        IPEndPoint.TryParse(text, out value!) && value.Port != 0 && text.EndsWith(":" + value.Port, StringComparison.Ordinal);

    private static bool TryUri(string text, out Uri value) => Uri.TryCreate(text, UriKind.Absolute, out value!) && value.Scheme is "http" or "https";
}
