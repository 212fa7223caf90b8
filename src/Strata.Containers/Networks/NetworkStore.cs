using System.Text.Json;
using Strata.Containers.Records;
using Strata.Content;

namespace Strata.Containers.Networks;

/// <summary>The definitions of networks on disk: a folder each, safe under many processes.</summary>
internal sealed class NetworkStore(string root, TimeProvider clock)
{
    private string Folder => Path.Combine(root, "networks");

    /// <summary>Held while a network is made or removed, or gives an address away.</summary>
    public FileLock Lock()
    {
        Directory.CreateDirectory(Folder);
        return FileLock.Exclusive(Path.Combine(Folder, "lock"));
    }

    /// <summary>By name; those that come with the product are made by the first who looks.</summary>
    public IReadOnlyList<NetworkDefinition> All()
    {
        var found = Read();
        if (found.Count(n => n.IsPredefined) == 3) return found;
        using (Lock())
        {
            found = Read();
            if (found.All(n => n.Name != "bridge")) Add(New("bridge", "bridge") with { Subnets = Subnets.Read(new NetworkOptions { Name = "bridge" }, root, Taken(found)) });
            if (found.All(n => n.Name != "host")) Add(New("host", "host"));
            if (found.All(n => n.Name != "none")) Add(New("none", "null"));
            return Read();
        }
    }

    /// <summary>By its name, its ID, or the begin of an ID that means one only.</summary>
    public NetworkDefinition Find(string nameOrId)
    {
        var all = All();
        if (all.FirstOrDefault(n => n.Name == nameOrId || n.Id == nameOrId) is { } exact) return exact;
        var found = nameOrId.Length == 0 ? [] : all.Where(n => n.Id.StartsWith(nameOrId, StringComparison.Ordinal)).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw new ContainerException($"network {nameOrId} not found", "`strata network ls` shows those that there are"),
            _ => throw new ContainerException($"network {nameOrId} is ambiguous ({found.Length} matches found on name)", "write more of its ID"),
        };
    }

    /// <summary>While the lock is held.</summary>
    public NetworkDefinition Create(NetworkOptions options)
    {
        var all = Read();
        if (all.Any(n => n.Name == options.Name)) throw new ContainerException($"network with name {options.Name} already exists");
        var network = New(options.Name, "bridge") with
        {
            Internal = options.Internal,
            Labels = options.Labels,
            Options = options.Options,
            Subnets = Subnets.Read(options, root, Taken(all)),
        };
        if (network.Interface.Length > 15) throw new ContainerException($"the bridge's name {network.Interface} is too long: Linux takes 15 characters");
        if (all.Any(n => n.IsBridge && n.Interface == network.Interface)) throw new ContainerException($"the bridge {network.Interface} is in use by another network");
        Add(network);
        return network;
    }

    public void Remove(NetworkDefinition network) => Directory.Delete(FolderOf(network.Id), recursive: true);

    public AddressLeases Leases(NetworkDefinition network) => new(network, Path.Combine(FolderOf(network.Id), "leases.json"));

    private static List<System.Net.IPNetwork> Taken(IReadOnlyList<NetworkDefinition> all) =>
        [.. all.SelectMany(n => n.Subnets).Select(s => s.Network), .. Subnets.OfRoutes()];

    private NetworkDefinition New(string name, string driver) => new()
    {
        Id = ContainerNames.NewId(),
        Name = name,
        Driver = driver,
        Created = clock.GetUtcNow(),
    };

    private void Add(NetworkDefinition network)
    {
        Directory.CreateDirectory(FolderOf(network.Id));
        DurableFile.Write(FileOf(network.Id), JsonSerializer.SerializeToUtf8Bytes(network, NetworkJson.Default.NetworkDefinition));
    }

    private IReadOnlyList<NetworkDefinition> Read()
    {
        if (!Directory.Exists(Folder)) return [];
        var found = new List<NetworkDefinition>();
        foreach (var folder in Directory.EnumerateDirectories(Folder))
        {
            try
            {
                found.Add(JsonSerializer.Deserialize(File.ReadAllBytes(FileOf(Path.GetFileName(folder))), NetworkJson.Default.NetworkDefinition)!);
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                // Being made, or removed a moment ago.
            }
        }
        return [.. found.OrderBy(n => n.Name, StringComparer.Ordinal)];
    }

    private string FolderOf(string id) => Path.Combine(Folder, id);

    private string FileOf(string id) => Path.Combine(FolderOf(id), "network.json");
}
