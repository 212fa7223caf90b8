namespace Strata.Registry.Server;

/// <summary>Hears what happens in the registry. The registry declares it; whoever needs to know implements it.</summary>
public interface IRegistryEvents
{
    /// <summary>
    /// Called after the change is on disk and before the client hears of it. It must be quick: the client waits for it.
    /// An exception is logged and does not undo the change.
    /// </summary>
    ValueTask OnEventAsync(RegistryEvent occurrence, CancellationToken cancellationToken);
}
