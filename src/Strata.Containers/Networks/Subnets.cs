using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Containers.Networks;

/// <summary>Ranges of addresses: reading what was asked for, and choosing where nothing was.</summary>
internal static class Subnets
{
    /// <summary>10.89.0.0 to 10.255.240.0 in ranges of 4,096 addresses: the begin of 10/8 is what companies use.</summary>
    private const uint FirstPool = 0x0A590000;
    private const int PoolBits = 20;
    private const int Pools = 167 * 16;

    /// <exception cref="ContainerException">A part cannot be read, fits nowhere, or meets a range that is in use.</exception>
    public static IReadOnlyList<NetworkSubnet> Read(NetworkOptions options, string root, IReadOnlyList<IPNetwork> taken)
    {
        var networks = options.Subnets.Select(Parse).ToList();
        foreach (var network in networks)
            if (taken.Any(t => Overlap(t, network))) throw new ContainerException("invalid pool request: Pool overlaps with other one on this address space", "`strata network ls` and `ip route` show what is in use");
        var gateways = options.Gateways.Select(g => IPAddress.TryParse(g, out var a) ? a : throw new ContainerException($"invalid gateway address: {g}")).ToList();
        var ranges = options.Ranges.Select(r => IPNetwork.TryParse(r, out var n) ? n : throw new ContainerException($"invalid ip-range {r}: it is no range such as 10.1.2.0/24")).ToList();
        if (networks.All(n => n.BaseAddress.AddressFamily != AddressFamily.InterNetwork))
        {
            if (gateways.Count > 0 && networks.Count == 0) throw new ContainerException($"no matching subnet for gateway {gateways[0]}", "name the subnet with --subnet");
            networks.Insert(0, Choose(root, options.Name, taken));
        }
        if (options.Ipv6 && networks.All(n => n.BaseAddress.AddressFamily != AddressFamily.InterNetworkV6)) networks.Add(ChooseIpv6(root, options.Name, taken));
        foreach (var gateway in gateways)
            if (!networks.Any(n => n.Contains(gateway))) throw new ContainerException($"no matching subnet for gateway {gateway}");
        foreach (var range in ranges)
            if (!networks.Any(n => n.Contains(range.BaseAddress) && n.PrefixLength <= range.PrefixLength)) throw new ContainerException($"no matching subnet for range {range}");
        return [.. networks.Select(n => new NetworkSubnet
        {
            Subnet = n.ToString(),
            Gateway = (gateways.Find(n.Contains) ?? At(n, 1)).ToString(),
            Range = ranges.Where(r => n.Contains(r.BaseAddress)).Select(r => r.ToString()).FirstOrDefault(),
        })];
    }

    public static bool Overlap(IPNetwork a, IPNetwork b) =>
        a.BaseAddress.AddressFamily == b.BaseAddress.AddressFamily && (a.Contains(b.BaseAddress) || b.Contains(a.BaseAddress));

    /// <summary>The address so many behind the first.</summary>
    public static IPAddress At(IPNetwork network, BigInteger offset)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        var sum = new BigInteger(bytes, isUnsigned: true, isBigEndian: true) + offset;
        var text = sum.ToByteArray(isUnsigned: true, isBigEndian: true);
        Array.Clear(bytes);
        text.CopyTo(bytes, bytes.Length - text.Length);
        return new IPAddress(bytes);
    }

    public static BigInteger Size(IPNetwork network) => BigInteger.One << (network.BaseAddress.GetAddressBytes().Length * 8 - network.PrefixLength);

    /// <summary>Ranges that the host's own routes lead to: a container there would hide what is there.</summary>
    public static IEnumerable<IPNetwork> OfRoutes()
    {
        const string Routes = "/proc/net/route";
        if (!File.Exists(Routes)) yield break;
        foreach (var line in File.ReadLines(Routes).Skip(1))
        {
            var fields = line.Split('\t');
            if (fields.Length < 8 || !uint.TryParse(fields[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var address)
                || !uint.TryParse(fields[7], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var mask) || mask == 0) continue;
            yield return new IPNetwork(new IPAddress(address), BitOperations.PopCount(mask));
        }
    }

    private static IPNetwork Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !IPAddress.TryParse(text[..slash], out var address) || !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
            || bits > address.GetAddressBytes().Length * 8 || bits == 0)
            throw new ContainerException($"invalid subnet {text}: invalid CIDR block notation", "a subnet is written as 10.1.2.0/24");
        var right = Masked(address, bits);
        if (right.Equals(address)) return new IPNetwork(address, bits);
        throw new ContainerException($"invalid subnet {text}: it should be {right}/{bits.ToString(CultureInfo.InvariantCulture)}");
    }

    private static IPAddress Masked(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        for (var i = 0; i < bytes.Length; i++) bytes[i] &= (byte)~(0xFF >> Math.Clamp(bits - i * 8, 0, 8));
        return new IPAddress(bytes);
    }

    /// <summary>Begins where the root and the name say, so that stores beside each other do not choose the same.</summary>
    private static IPNetwork Choose(string root, string name, IReadOnlyList<IPNetwork> taken)
    {
        var start = BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{root}\n{name}"))) % Pools;
        for (uint i = 0; i < Pools; i++)
        {
            var pool = FirstPool + ((start + i) % Pools << (32 - PoolBits));
            var network = new IPNetwork(new IPAddress(BitConverter.IsLittleEndian ? System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(pool) : pool), PoolBits);
            if (!taken.Any(t => Overlap(t, network))) return network;
        }
        throw new ContainerException("all predefined address pools have been fully subnetted", "remove networks that nobody uses with `strata network prune`, or name a --subnet");
    }

    /// <summary>A unique local range (RFC 4193) that the root and the name decide.</summary>
    private static IPNetwork ChooseIpv6(string root, string name, IReadOnlyList<IPNetwork> taken)
    {
        for (var i = 0; ; i++)
        {
            var bytes = new byte[16];
            SHA256.HashData(Encoding.UTF8.GetBytes($"{root}\n{name}\n{i.ToString(CultureInfo.InvariantCulture)}")).AsSpan(0, 7).CopyTo(bytes.AsSpan(1));
            bytes[0] = 0xfd;
            var network = new IPNetwork(new IPAddress(bytes), 64);
            if (!taken.Any(t => Overlap(t, network))) return network;
        }
    }
}
