using System.Globalization;
using System.Net;
using Strata.Build.Dockerfiles;

namespace Strata.Build.Steps;

/// <summary>Ports of EXPOSE: <c>80</c>, <c>80/udp</c>, <c>8000-8010/tcp</c>, and the forms with an address and a port of the host, which say nothing here.</summary>
internal static class PortSpec
{
    public static IEnumerable<string> Parse(ExposeInstruction instruction, string text)
    {
        var parts = text.Split(':');
        var (ip, host, container) = (string.Join(':', parts.SkipLast(2)), parts.Length > 1 ? parts[^2] : "", parts[^1]);
        var slash = container.IndexOf('/', StringComparison.Ordinal);
        var (port, protocol) = slash < 0 ? (container, "") : (container[..slash], container[(slash + 1)..].ToLowerInvariant());
        if (port.Length == 0) throw Wrong(instruction, text, $"no port specified: {text}<empty>");
        if (protocol is not ("" or "tcp" or "udp" or "sctp")) throw Wrong(instruction, text, $"invalid proto: {protocol}");
        if (ip.Length > 0 && !IPAddress.TryParse(ip.Trim('[', ']'), out _)) throw Wrong(instruction, text, $"invalid IP address: {ip}");
        var (from, to) = Range(port) ?? throw Wrong(instruction, text, $"invalid containerPort: {port}");
        if (host.Length > 0)
        {
            var (hostFrom, hostTo) = Range(host) ?? throw Wrong(instruction, text, $"invalid hostPort: {host}");
            if (to - from != hostTo - hostFrom && to != from) throw Wrong(instruction, text, $"invalid ranges specified for container and host Ports: {port} and {host}");
        }
        return Enumerable.Range(from, to - from + 1).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p}/{(protocol.Length == 0 ? "tcp" : protocol)}"));
    }

    private static (int From, int To)? Range(string text)
    {
        var parts = text.Split('-');
        if (parts.Length > 2 || !TryPort(parts[0], out var from) || !TryPort(parts[^1], out var to)) return null;
        return to < from ? null : (from, to);
    }

    private static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port <= ushort.MaxValue;

    private static DockerfileException Wrong(ExposeInstruction instruction, string word, string what) =>
        instruction.Line.Fault(what, word, "a port is written 80, 80/udp or 8000-8010/tcp");
}
