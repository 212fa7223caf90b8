using Strata.Content;

namespace Strata.Containers.Networks;

public sealed partial class ContainerNetworks
{
    /// <summary>
    /// Takes away what containers left that are gone: their namespaces, addresses, ports, rules, and bridges that nobody is on. Calling it again
    /// is harmless.
    /// </summary>
    /// <param name="isKept">True for a container, by its ID, that runs or is being started.</param>
    /// <returns>How many containers were taken out of their networks.</returns>
    public async Task<int> SettleAsync(Func<string, bool> isKept, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_run.Path)) return 0;
        using var machine = FileLock.Exclusive(_run.MachineLock);
        var settled = 0;
        foreach (var container in Attached().Where(c => !isKept(c.Id)).ToArray())
        {
            await DetachHeldAsync(container.Id, cancellationToken).ConfigureAwait(false);
            settled++;
        }
        foreach (var path in Directory.Exists(_run.Namespaces) ? Directory.GetFiles(_run.Namespaces) : [])
            if (TryRead(Path.GetFileName(path)) is null) NetworkNamespace.Remove(path);
        using (_store.Lock())
        {
            foreach (var network in _store.All().Where(n => n.IsBridge))
                _store.Leases(network).Release(id => TryRead(id) is null);
        }
        await FinishAsync(cancellationToken).ConfigureAwait(false);
        return settled;
    }

    private async Task DetachHeldAsync(string containerId, CancellationToken cancellationToken)
    {
        if (TryRead(containerId) is not { } container) return;
        foreach (var network in container.Networks) await TakeDownAsync(container, network, cancellationToken).ConfigureAwait(false);
        NetworkNamespace.Remove(container.Namespace);
        using var held = _store.Lock();
        foreach (var network in container.Networks) Release(network.Network, containerId);
        File.Delete(FileOf(containerId));
    }

    /// <summary>
    /// netavark finds what is to be removed by what is in the namespace. Where that is gone, or was never filled, it is set up once more in a
    /// new one: then everything is there that has to go.
    /// </summary>
    private async Task TakeDownAsync(AttachedContainer container, AttachedNetwork network, CancellationToken cancellationToken)
    {
        try
        {
            if (NetworkNamespace.IsThere(container.Namespace))
            {
                await Netavark.TearDownAsync(container.Namespace, container, network, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (ContainerException)
        {
            // Half of it was there.
        }
        var substitute = Path.Combine(_run.Namespaces, $"{container.Id}.settle");
        NetworkNamespace.Remove(substitute);
        NetworkNamespace.Create(substitute);
        try
        {
            await Netavark.SetUpAsync(substitute, container, network, cancellationToken).ConfigureAwait(false);
            await Netavark.TearDownAsync(substitute, container, network, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            NetworkNamespace.Remove(substitute);
        }
    }

    /// <summary>When nobody on this machine is in a network any more, what is shared goes, too.</summary>
    private async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (OfMachine().Count == 0) await FirewallFrame.RemoveAsync(cancellationToken).ConfigureAwait(false);
        _run.RemoveIfEmpty();
    }
}
