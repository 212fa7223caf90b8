using System.Globalization;
using Strata.Containers;

namespace Strata.Dashboard.Running;

/// <summary>A published port in words, and as an address that a browser may open.</summary>
internal static class PortText
{
    public static string Of(PortMapping port) => string.Create(CultureInfo.InvariantCulture,
        $"{Host(port.HostAddress)}:{port.HostPort} → {port.ContainerPort}{(port.Protocol == "tcp" ? "" : "/" + port.Protocol)}");

    /// <summary>Null where a browser has no way to speak with it. Whether it speaks HTTP is for the reader to try.</summary>
    public static string? Address(PortMapping port) => port.Protocol != "tcp" ? null
        : string.Create(CultureInfo.InvariantCulture, $"http://{(port.HostAddress is "" or "0.0.0.0" or "::" ? "127.0.0.1" : Host(port.HostAddress))}:{port.HostPort}/");

    private static string Host(string address) => address.Length == 0 ? "0.0.0.0" : address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : address;
}
