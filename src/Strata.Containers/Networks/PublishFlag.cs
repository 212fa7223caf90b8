using System.Globalization;
using System.Net;

namespace Strata.Containers.Networks;

/// <summary>Reads <c>-p [[ADDRESS:][HOST]:]CONTAINER[/PROTOCOL]</c>; both ports may be ranges. Its errors are docker's.</summary>
public static class PublishFlag
{
    /// <returns>One mapping for each port of the container.</returns>
    /// <exception cref="ContainerException">It cannot be read.</exception>
    public static IReadOnlyList<PortMapping> Parse(string text)
    {
        var parts = text.Split(':');
        var address = parts.Length < 3 ? "" : string.Join(':', parts[..^2]);
        var host = parts.Length < 2 ? "" : parts[^2];
        var (container, protocol) = SplitProtocol(parts[^1]);
        if (address.StartsWith('[') && address.EndsWith(']')) address = address[1..^1];
        if (address.Length > 0 && !IPAddress.TryParse(address, out _)) throw new ContainerException($"invalid IP address: {address}");
        if (container.Length == 0) throw new ContainerException($"no port specified: {text}<empty>", "write -p HOST:CONTAINER, as -p 8080:80");
        var (first, last) = Range(container) ?? throw new ContainerException($"invalid containerPort: {container}");
        var hosts = host.Length == 0 ? (First: 0, Last: 0) : Range(host) ?? throw new ContainerException($"invalid hostPort: {host}");
        if (host.Length > 0 && last - first != hosts.Last - hosts.First && first != last)
            throw new ContainerException($"invalid ranges specified for container and host Ports: {container} and {host}");
        if (protocol is not ("tcp" or "udp" or "sctp")) throw new ContainerException($"invalid proto: {protocol}", "tcp, udp and sctp are known");
        return
        [
            .. Enumerable.Range(0, last - first + 1).Select(i => new PortMapping
            {
                HostAddress = address,
                HostPort = host.Length == 0 ? 0 : hosts.First + i,
                // Several ports of the host for one of the container: any of them that is free.
                HostPortLast = first == last && hosts.Last > hosts.First ? hosts.Last : 0,
                ContainerPort = first + i,
                Protocol = protocol,
            }),
        ];
    }

    /// <summary>Reads <c>--expose PORT[-PORT][/PROTOCOL]</c>, and what an image exposes.</summary>
    public static IReadOnlyList<PortMapping> ParseExposed(string text)
    {
        var (ports, protocol) = SplitProtocol(text);
        var (first, last) = Range(ports) ?? throw new ContainerException($"invalid range format for --expose: {text}");
        if (protocol is not ("tcp" or "udp" or "sctp")) throw new ContainerException($"invalid proto: {protocol}");
        return [.. Enumerable.Range(first, last - first + 1).Select(p => new PortMapping { ContainerPort = p, Protocol = protocol })];
    }

    private static (string Ports, string Protocol) SplitProtocol(string text)
    {
        var slash = text.LastIndexOf('/');
        return slash < 0 ? (text, "tcp") : (text[..slash], slash + 1 == text.Length ? "tcp" : text[(slash + 1)..].ToLowerInvariant());
    }

    private static (int First, int Last)? Range(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        if (Port(dash < 0 ? text : text[..dash]) is not { } first || Port(dash < 0 ? text : text[(dash + 1)..]) is not { } last) return null;
        return first <= last ? (first, last) : null;
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 ? port : null;
}
