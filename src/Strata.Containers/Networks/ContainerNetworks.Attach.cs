using System.Net;
using System.Net.Sockets;
using Strata.Content;

namespace Strata.Containers.Networks;

public sealed partial class ContainerNetworks
{
    /// <summary>
    /// Makes a network namespace for a container, puts it into its networks, and publishes its ports. When this throws, nothing is left; when
    /// the process is killed, <see cref="SettleAsync"/> takes away what there is.
    /// </summary>
    /// <exception cref="ContainerException">A network is not there, an address or a port is taken, or this machine does not permit it.</exception>
    public async Task<AttachResult> AttachAsync(AttachRequest request, CancellationToken cancellationToken)
    {
        var networks = request.Attachments.Select(a => (Attachment: a, Network: Find(a.Network))).ToArray();
        foreach (var (_, network) in networks)
            if (!network.IsBridge) throw new ContainerException($"a container cannot be in the network {network.Name} and in others", "host and none stand alone");
        RequireRoot();
        _run.Make();
        using var machine = FileLock.Exclusive(_run.MachineLock);
        await DetachHeldAsync(request.ContainerId, cancellationToken).ConfigureAwait(false);
        try
        {
            return await AttachHeldAsync(request, networks, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await DetachHeldAsync(request.ContainerId, CancellationToken.None).ConfigureAwait(false);
            await FinishAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<AttachResult> AttachHeldAsync(
        AttachRequest request, IReadOnlyList<(NetworkAttachment Attachment, NetworkDefinition Network)> networks, CancellationToken cancellationToken)
    {
        var container = new AttachedContainer
        {
            Id = request.ContainerId,
            Name = request.Name,
            Root = Path.GetFullPath(root),
            Namespace = Path.Combine(_run.Namespaces, request.ContainerId),
            Ports = new HostPorts(OfMachine()).Take(request.Ports),
        };
        container = Lease(container, networks);
        NetworkNamespace.Create(container.Namespace);
        foreach (var network in container.Networks) await Netavark.SetUpAsync(container.Namespace, container, network, cancellationToken).ConfigureAwait(false);
        return Result(container);
    }

    /// <summary>Takes a container out of all its networks; its namespace, addresses and ports are free. Calling it again is harmless.</summary>
    public async Task DetachAsync(string containerId, CancellationToken cancellationToken)
    {
        if (!File.Exists(FileOf(containerId))) return;
        using var machine = FileLock.Exclusive(_run.MachineLock);
        await DetachHeldAsync(containerId, cancellationToken).ConfigureAwait(false);
        await FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a container has now; null when it is in no network.</summary>
    public AttachResult? Current(string containerId) => TryRead(containerId) is { } container ? Result(container) : null;

    private Netavark Netavark => new(_run.Netavark);

    /// <summary>Addresses are given and the record is written before anything is made.</summary>
    private AttachedContainer Lease(AttachedContainer container, IReadOnlyList<(NetworkAttachment Attachment, NetworkDefinition Network)> networks)
    {
        using var held = _store.Lock();
        var attached = container.Networks.ToList();
        try
        {
            foreach (var (attachment, network) in networks)
            {
                var addresses = _store.Leases(network).Take(container.Id, attachment.Ipv4, attachment.Ipv6);
                attached.Add(new AttachedNetwork
                {
                    Network = network,
                    Interface = NextInterface(attached),
                    Addresses = addresses,
                    MacAddress = attachment.MacAddress ?? MacOf(addresses[0]),
                    // The name is known by itself; said twice, it would be answered twice.
                    Aliases = [.. attachment.Aliases.Append(container.Id[..12]).Where(a => a != container.Name).Distinct(StringComparer.Ordinal)],
                });
            }
        }
        catch
        {
            foreach (var (_, network) in networks)
                if (container.Networks.All(n => n.Network.Id != network.Id)) _store.Leases(network).Release(id => id == container.Id);
            throw;
        }
        container = container with { Networks = attached };
        Write(container);
        return container;
    }

    private List<AttachedContainer> OfMachine() =>
        [.. _run.AllAttached().Select(Read).OfType<AttachedContainer>().Where(c => Directory.Exists(c.Root))];

    private static string NextInterface(IReadOnlyList<AttachedNetwork> attached)
    {
        var number = 0;
        while (attached.Any(a => a.Interface == $"eth{number}")) number++;
        return $"eth{number}";
    }

    /// <summary>Docker's way: the address is in it, so that no two of one network are the same.</summary>
    private static string MacOf(string address)
    {
        var bytes = IPAddress.Parse(address).GetAddressBytes().AsSpan()[^4..];
        return $"02:42:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}";
    }

    private static AttachResult Result(AttachedContainer container) => new()
    {
        NamespacePath = container.Namespace,
        Endpoints = container.Networks.ToDictionary(n => n.Network.Name, Endpoint, StringComparer.Ordinal),
        Ports = container.Ports,
        NameServers = [.. container.Networks.SelectMany(n => n.Network.Subnets.Take(1)).Select(s => s.Gateway)],
    };

    private static NetworkEndpoint Endpoint(AttachedNetwork attached)
    {
        var endpoint = new NetworkEndpoint { MacAddress = attached.MacAddress, Interface = attached.Interface };
        foreach (var address in attached.Addresses)
        {
            var subnet = attached.Network.Subnets.First(s => s.Network.Contains(IPAddress.Parse(address)));
            endpoint = IPAddress.Parse(address).AddressFamily == AddressFamily.InterNetwork
                ? endpoint with { Ipv4 = address, Ipv4PrefixLength = subnet.Network.PrefixLength, Gateway = attached.Network.Internal ? "" : subnet.Gateway }
                : endpoint with { Ipv6 = address, Ipv6PrefixLength = subnet.Network.PrefixLength };
        }
        return endpoint;
    }

    private static void RequireRoot()
    {
        if (!Environment.IsPrivilegedProcess) throw new ContainerException("bridge networks need root", "use `--network none` or `host`, or run as root");
    }
}
