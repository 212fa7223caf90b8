using System.Globalization;
using Strata.Containers.Networks;
using Strata.Containers.Records;

namespace Strata.Containers;

public sealed partial class LocalContainers
{
    /// <summary>The networks of the same store.</summary>
    public ContainerNetworks Networks { get; }

    /// <summary>Puts a container that runs into one more network.</summary>
    /// <exception cref="ContainerException">One of them is not there, or it is in it.</exception>
    public Task<ContainerRecord> ConnectAsync(string nameOrId, NetworkAttachment attachment, CancellationToken cancellationToken) =>
        ReconnectAsync(nameOrId,
            spec => spec.Attachments.Any(a => a.Network == attachment.Network) ? throw new ContainerException($"endpoint with name {nameOrId} already exists in network {attachment.Network}")
                : spec with { Mode = "bridge", Attachments = [.. spec.Attachments, attachment] },
            id => Networks.ConnectAsync(id, attachment, cancellationToken), cancellationToken);

    /// <summary>Takes a container out of a network.</summary>
    /// <exception cref="ContainerException">One of them is not there, or it is not in it.</exception>
    public Task<ContainerRecord> DisconnectAsync(string nameOrId, string network, CancellationToken cancellationToken)
    {
        var name = Networks.Find(network).Name;
        return ReconnectAsync(nameOrId,
            spec => spec.Attachments.All(a => a.Network != name) ? throw new ContainerException($"container {nameOrId} is not connected to network {name}")
                : spec with { Attachments = [.. spec.Attachments.Where(a => a.Network != name)] },
            id => Networks.DisconnectAsync(id, name, cancellationToken), cancellationToken);
    }

    /// <summary>Removes networks that no container is in or wants when it starts, and what is left of containers that are gone.</summary>
    public async Task<IReadOnlyList<NetworkDefinition>> PruneNetworksAsync(Func<NetworkDefinition, bool> which, CancellationToken cancellationToken)
    {
        await Networks.SettleAsync(id => Directory.Exists(_folders.Of(id).RuntimeState), cancellationToken).ConfigureAwait(false);
        var wanted = (await ListAsync(cancellationToken).ConfigureAwait(false)).SelectMany(r => r.Spec.Network.Attachments).Select(a => a.Network).ToHashSet(StringComparer.Ordinal);
        return Networks.Prune(n => !which(n) || wanted.Contains(n.Name));
    }

    private async Task<ContainerRecord> ReconnectAsync(string nameOrId, Func<NetworkSpec, NetworkSpec> change, Func<string, Task<AttachResult>> now, CancellationToken cancellationToken)
    {
        var found = await FindAsync(nameOrId, cancellationToken).ConfigureAwait(false);
        var folder = _folders.Of(found.Id);
        using var held = folder.TakeLock();
        var record = folder.TryRead() ?? throw NoSuch(nameOrId);
        if (record.Spec.Network.Mode is not ("bridge" or "none")) throw new ContainerException($"container sharing network namespace with another container or host cannot be connected to any other network: {record.Name}");
        record = record with { Spec = record.Spec with { Network = change(record.Spec.Network) } };
        if (IsActive(record)) record = With(record, await now(record.Id).ConfigureAwait(false));
        folder.Write(record, durable: true);
        if (IsActive(record)) Rootfs.EtcFiles.Write(folder, record, record.State.Endpoints.Values, NameServers(record));
        return record;
    }

    /// <summary>How the runtime makes the network namespace: a path, empty for a new one, null for the host's.</summary>
    private async Task<string?> ConnectAsync(ContainerFolder folder, ContainerRecord record, CancellationToken cancellationToken)
    {
        var network = record.Spec.Network;
        if (network.Mode == "host") return null;
        if (network.Mode == "none" || (network.Mode == "bridge" && network.Attachments.Count == 0)) return "";
        if (network.Mode.StartsWith("container:", StringComparison.Ordinal))
        {
            var other = await FindAsync(network.Mode["container:".Length..], cancellationToken).ConfigureAwait(false);
            return IsActive(other) ? string.Create(CultureInfo.InvariantCulture, $"/proc/{other.State.Pid}/ns/net")
                : throw new ContainerException($"cannot join network of a non running container: {other.Name}", "start that one first");
        }
        var attached = await Networks.AttachAsync(new AttachRequest { ContainerId = record.Id, Name = record.Name, Attachments = network.Attachments, Ports = Published(network) }, cancellationToken).ConfigureAwait(false);
        folder.Write(With(folder.TryRead()!, attached), durable: false);
        return attached.NamespacePath;
    }

    private IReadOnlyList<string> NameServers(ContainerRecord record) => Networks.Current(record.Id)?.NameServers ?? [];

    private Task DisconnectAsync(ContainerRecord record) => Networks.DetachAsync(record.Id, CancellationToken.None);

    private static ContainerRecord With(ContainerRecord record, AttachResult attached) => record with { State = record.State with { Endpoints = attached.Endpoints, Ports = attached.Ports } };

    /// <summary>What was asked for, and with -P all else that is exposed.</summary>
    private static IReadOnlyList<PortMapping> Published(NetworkSpec network) => !network.PublishAll ? network.Ports
        : [.. network.Ports, .. network.Exposed.SelectMany(PublishFlag.ParseExposed).Where(e => network.Ports.All(p => (p.ContainerPort, p.Protocol) != (e.ContainerPort, e.Protocol)))];
}
