using System.Net;
using System.Numerics;
using System.Text.Json;
using Strata.Content;

namespace Strata.Containers.Networks;

/// <summary>Which container has which address of a network. Read and written while the lock of the networks is held.</summary>
internal sealed class AddressLeases(NetworkDefinition network, string file)
{
    /// <summary>An address of each subnet: the one that was asked for, or the lowest that is free.</summary>
    /// <exception cref="ContainerException">It is taken, or lies outside; or none is left.</exception>
    public IReadOnlyList<string> Take(string containerId, string? ipv4, string? ipv6)
    {
        var leases = Read();
        var taken = new List<string>();
        foreach (var subnet in network.Subnets)
        {
            var asked = subnet.Network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? ipv4 : ipv6;
            if (asked is not null && taken.Any(t => IPAddress.Parse(t).AddressFamily == subnet.Network.BaseAddress.AddressFamily)) continue;
            var address = asked is null ? Free(subnet, leases) : Asked(subnet, asked, leases);
            leases[address] = containerId;
            taken.Add(address);
        }
        Write(leases);
        return taken;
    }

    /// <summary>What the container had is free; that it had nothing is as good.</summary>
    public void Release(Func<string, bool> ofContainer)
    {
        if (!File.Exists(file)) return;
        var leases = Read();
        var gone = leases.Where(l => ofContainer(l.Value)).Select(l => l.Key).ToArray();
        foreach (var address in gone) leases.Remove(address);
        if (gone.Length > 0) Write(leases);
    }

    private string Asked(NetworkSubnet subnet, string asked, Dictionary<string, string> leases)
    {
        if (!IPAddress.TryParse(asked, out var address)) throw new ContainerException($"invalid IPv4 address: {asked}");
        var within = network.Subnets.FirstOrDefault(s => s.Network.Contains(address))
            ?? throw new ContainerException($"no configured subnet or ip-range contain the IP address {asked}", $"the network {network.Name} has {subnet.Subnet}");
        var text = address.ToString();
        if (text == within.Gateway || leases.ContainsKey(text)) throw new ContainerException("Address already in use", leases.TryGetValue(text, out var owner) ? $"{text} belongs to the container {owner[..12]}" : $"{text} is the gateway");
        return text;
    }

    private string Free(NetworkSubnet subnet, Dictionary<string, string> leases)
    {
        var range = IPNetwork.Parse(subnet.Range ?? subnet.Subnet);
        var isIpv4 = range.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork;
        // The first of a subnet names it, the last is its broadcast address.
        var (first, last) = (subnet.Range is null ? BigInteger.One : BigInteger.Zero, Subnets.Size(range) - (subnet.Range is null && isIpv4 ? 2 : 1));
        for (var offset = first; offset <= last; offset++)
        {
            var text = Subnets.At(range, offset).ToString();
            if (text != subnet.Gateway && !leases.ContainsKey(text)) return text;
        }
        throw new ContainerException($"no available IPv4 addresses on this network's address pools: {network.Name} ({network.Id})", "stop containers that are not needed, or make a network with a larger --subnet");
    }

    private Dictionary<string, string> Read() => File.Exists(file)
        ? JsonSerializer.Deserialize(File.ReadAllBytes(file), NetworkJson.Default.DictionaryStringString)!
        : new Dictionary<string, string>(StringComparer.Ordinal);

    private void Write(Dictionary<string, string> leases) =>
        DurableFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(leases, NetworkJson.Default.DictionaryStringString));
}
