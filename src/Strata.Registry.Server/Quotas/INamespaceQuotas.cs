namespace Strata.Registry.Server;

/// <summary>What namespaces keep and may keep, from within the same process and without the registry's access checks.</summary>
public interface INamespaceQuotas
{
    /// <summary>A namespace that does not exist keeps nothing.</summary>
    /// <param name="name">The namespace.</param>
    /// <param name="most">The most repositories to name.</param>
    NamespaceUsage UsageOf(string name, int most);

    /// <summary>Holds from the next request on. What a namespace keeps stays, even if it is more than it may keep now.</summary>
    ValueTask SetAsync(string name, QuotaSetting setting, CancellationToken cancellationToken);
}
