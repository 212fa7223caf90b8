using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Strata.Containers.Networks;

/// <summary>Chooses ports of the host where any will do, and says who has one that is taken. Used while the machine's lock is held.</summary>
/// <param name="others">The containers that are attached, in all stores of the machine.</param>
internal sealed class HostPorts(IReadOnlyList<AttachedContainer> others)
{
    private const int Tries = 200;
    private readonly List<PortMapping> _chosen = [];

    /// <exception cref="ContainerException">A port is taken; the message says by whom.</exception>
    public IReadOnlyList<PortMapping> Take(IReadOnlyList<PortMapping> wanted)
    {
        foreach (var port in wanted) _chosen.Add(port.HostPort == 0 ? Any(port) : port.HostPortLast > port.HostPort ? First(port) : Fixed(port));
        return _chosen;
    }

    private PortMapping Fixed(PortMapping port)
    {
        if (Obstacle(port) is { } obstacle) throw NotAvailable($"Bind for {Shown(port)} failed: port is already allocated", $"it is taken by {obstacle}; choose another port, or stop that one");
        return port;
    }

    private PortMapping First(PortMapping port)
    {
        for (var number = port.HostPort; number <= port.HostPortLast; number++)
        {
            var candidate = port with { HostPort = number, HostPortLast = 0 };
            if (Obstacle(candidate) is null) return candidate;
        }
        throw NotAvailable($"Bind for {Shown(port)}-{port.HostPortLast.ToString(CultureInfo.InvariantCulture)} failed: all ports are already allocated", "choose another range, or stop a container");
    }

    private PortMapping Any(PortMapping port)
    {
        for (var i = 0; i < Tries; i++)
        {
            using var socket = Open(port.Protocol, AddressOf(port));
            socket.Bind(new IPEndPoint(AddressOf(port), 0));
            var candidate = port with { HostPort = ((IPEndPoint)socket.LocalEndPoint!).Port };
            if (Container(candidate) is null) return candidate;
        }
        throw NotAvailable("no port of the host is free", "stop containers that publish ports");
    }

    /// <summary>Who has it; null when nobody has.</summary>
    private string? Obstacle(PortMapping port)
    {
        if (Container(port) is { } container) return container;
        if (port.Protocol is not ("tcp" or "udp")) return null;
        using var socket = Open(port.Protocol, AddressOf(port));
        try
        {
            socket.Bind(new IPEndPoint(AddressOf(port), port.HostPort));
            return null;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return PortHolder.Of(port.Protocol, port.HostPort) ?? "a process of this host";
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressNotAvailable)
        {
            throw NotAvailable($"cannot publish on {port.HostAddress}: this host has no such address", "`ip address` shows those that it has");
        }
    }

    private string? Container(PortMapping port)
    {
        if (_chosen.Any(c => Meet(c, port))) return "another port of the same container";
        return others.FirstOrDefault(o => o.Ports.Any(p => Meet(p, port))) is { } other ? $"the container {other.Name} ({other.Id[..12]})" : null;
    }

    private static ContainerException NotAvailable(string message, string advice) => new(message, advice) { Fault = ContainerFault.PortNotAvailable };

    private static bool Meet(PortMapping a, PortMapping b) =>
        a.HostPort == b.HostPort && a.Protocol == b.Protocol && (IsAny(a) || IsAny(b) || a.HostAddress == b.HostAddress);

    private static bool IsAny(PortMapping port) => port.HostAddress is "" or "0.0.0.0" or "::";

    private static Socket Open(string protocol, IPAddress address)
    {
        var socket = protocol == "udp" ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        // Connections that have ended a moment ago are no obstacle.
        if (protocol != "udp") socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        return socket;
    }

    private static IPAddress AddressOf(PortMapping port) => IsAny(port) ? IPAddress.Any : IPAddress.Parse(port.HostAddress);

    private static string Shown(PortMapping port) => $"{(IsAny(port) ? "0.0.0.0" : port.HostAddress)}:{port.HostPort.ToString(CultureInfo.InvariantCulture)}";
}
