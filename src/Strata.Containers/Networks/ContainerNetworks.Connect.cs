using Strata.Content;

namespace Strata.Containers.Networks;

public sealed partial class ContainerNetworks
{
    /// <summary>Puts a container that runs into one more network.</summary>
    /// <exception cref="ContainerException">It is in it, or in none at all.</exception>
    public async Task<AttachResult> ConnectAsync(string containerId, NetworkAttachment attachment, CancellationToken cancellationToken)
    {
        var network = Find(attachment.Network);
        if (!network.IsBridge) throw new ContainerException($"container cannot be connected to {network.Name} network: it stands alone");
        RequireRoot();
        using var machine = FileLock.Exclusive(_run.MachineLock);
        var container = TryRead(containerId) ?? throw new ContainerException($"container {containerId[..12]} is in no network that others could be added to", "host and none stand alone");
        if (container.Networks.Any(n => n.Network.Id == network.Id)) throw new ContainerException($"endpoint with name {container.Name} already exists in network {network.Name}");
        container = Lease(container, [(attachment, network)]);
        try
        {
            await Netavark.SetUpAsync(container.Namespace, container, container.Networks[^1], cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await LeaveAsync(container, container.Networks[^1], CancellationToken.None).ConfigureAwait(false);
            throw;
        }
        return Result(container);
    }

    /// <summary>Takes a container that runs out of a network.</summary>
    /// <exception cref="ContainerException">It is not in it.</exception>
    public async Task<AttachResult> DisconnectAsync(string containerId, string nameOrId, CancellationToken cancellationToken)
    {
        var network = Find(nameOrId);
        RequireRoot();
        using var machine = FileLock.Exclusive(_run.MachineLock);
        var container = TryRead(containerId);
        var attached = container?.Networks.FirstOrDefault(n => n.Network.Id == network.Id)
            ?? throw new ContainerException($"container {containerId[..12]} is not connected to network {network.Name}");
        return Result(await LeaveAsync(container!, attached, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>One network of a container is taken away; its record says so afterwards.</summary>
    private async Task<AttachedContainer> LeaveAsync(AttachedContainer container, AttachedNetwork network, CancellationToken cancellationToken)
    {
        await TakeDownAsync(container, network, cancellationToken).ConfigureAwait(false);
        using var held = _store.Lock();
        Release(network.Network, container.Id);
        container = container with { Networks = [.. container.Networks.Where(n => n.Network.Id != network.Network.Id)] };
        Write(container);
        return container;
    }

    /// <summary>The network itself may be gone: then its addresses are, too.</summary>
    private void Release(NetworkDefinition network, string containerId) => _store.Leases(network).Release(id => id == containerId);
}
