using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Content;

namespace Strata.Containers.Networks;

/// <summary>
/// The networks of a store, and the containers in them. Safe under many processes: definitions and addresses are changed under a lock of the
/// store, bridges, ports and rules under one of the machine.
/// </summary>
/// <param name="root">The store's root folder.</param>
public sealed partial class ContainerNetworks(string root, TimeProvider clock)
{
    private readonly NetworkStore _store = new(root, clock);
    private readonly RunFolder _run = new(root);

    /// <summary>In the order of their names, those that come with the product among them.</summary>
    public IReadOnlyList<NetworkDefinition> List() => _store.All();

    /// <summary>By its name, its ID, or the begin of an ID.</summary>
    /// <exception cref="ContainerException">There is none, or several.</exception>
    public NetworkDefinition Find(string nameOrId) => _store.Find(nameOrId);

    /// <exception cref="ContainerException">The name is taken or none, or its addresses cannot be.</exception>
    public NetworkDefinition Create(NetworkOptions options)
    {
        if (!NamePattern().IsMatch(options.Name)) throw new ContainerException($"invalid network name \"{options.Name}\": only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed");
        if (options.Driver is "host" or "null") throw new ContainerException($"only one instance of \"{options.Driver}\" network is allowed");
        if (options.Driver != "bridge") throw new ContainerException($"plugin \"{options.Driver}\" not found", "the driver here is bridge");
        _ = _store.All();
        using (_store.Lock()) return _store.Create(options);
    }

    /// <exception cref="ContainerException">It is not there, comes with the product, or a container is in it.</exception>
    public NetworkDefinition Remove(string nameOrId)
    {
        var network = Find(nameOrId);
        if (network.IsPredefined) throw new ContainerException($"{network.Name} is a pre-defined network and cannot be removed");
        using (_store.Lock())
        {
            var endpoints = Members(network);
            if (endpoints.Count > 0)
            {
                throw new ContainerException($"error while removing network: network {network.Name} has active endpoints ({string.Join(", ", endpoints.Select(e => $"name:\"{e.Name}\" id:\"{e.Id[..12]}\""))})",
                    "stop these containers, or take them out with `strata network disconnect`");
            }
            _store.Remove(network);
        }
        return network;
    }

    /// <summary>Removes those that no container is in, and for which the caller has no container that would want them when it starts.</summary>
    /// <param name="isWanted">By the network's name.</param>
    public IReadOnlyList<NetworkDefinition> Prune(Func<NetworkDefinition, bool> isWanted)
    {
        var removed = new List<NetworkDefinition>();
        foreach (var network in List().Where(n => !n.IsPredefined && !isWanted(n)))
        {
            using var held = _store.Lock();
            if (Members(network).Count > 0) continue;
            _store.Remove(network);
            removed.Add(network);
        }
        return removed;
    }

    /// <summary>The containers that are in a network now, with what they have there.</summary>
    public IReadOnlyList<NetworkMember> Members(NetworkDefinition network) =>
    [
        .. Attached().SelectMany(c => c.Networks.Where(n => n.Network.Id == network.Id).Select(n => new NetworkMember(c.Id, c.Name, Endpoint(n)))).OrderBy(m => m.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<AttachedContainer> Attached() =>
        Directory.Exists(_run.Attached) ? Directory.EnumerateFiles(_run.Attached, "*.json").Select(Read).OfType<AttachedContainer>() : [];

    private AttachedContainer? TryRead(string containerId) => Read(FileOf(containerId));

    private static AttachedContainer? Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), NetworkJson.Default.AttachedContainer);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Write(AttachedContainer container) => DurableFile.Write(FileOf(container.Id), JsonSerializer.SerializeToUtf8Bytes(container, NetworkJson.Default.AttachedContainer));

    private string FileOf(string containerId) => Path.Combine(_run.Attached, containerId + ".json");

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9_.-]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamePattern();
}

/// <summary>A container that is in a network.</summary>
public sealed record NetworkMember(string Id, string Name, NetworkEndpoint Endpoint);
