namespace Strata.Containers.Networks;

/// <summary>What a container reads names from: /etc/hosts and /etc/resolv.conf.</summary>
public static class NameFiles
{
    private const string Frame = """
        127.0.0.1	localhost
        ::1	localhost ip6-localhost ip6-loopback
        fe00::	ip6-localnet
        ff00::	ip6-mcastprefix
        ff02::1	ip6-allnodes
        ff02::2	ip6-allrouters

        """;

    /// <param name="extra">NAME:ADDRESS; the address may be host-gateway.</param>
    public static string Hosts(string hostname, string domainName, IEnumerable<NetworkEndpoint> endpoints, IReadOnlyList<string> extra)
    {
        var all = endpoints.ToArray();
        var lines = new List<string>();
        foreach (var host in extra)
        {
            var at = host.IndexOfAny([':', '=']);
            if (at <= 0 || at + 1 == host.Length) throw new ContainerException($"bad format for add-host: \"{host}\"", "write NAME:ADDRESS");
            var address = host[(at + 1)..].Trim('[', ']');
            if (address == "host-gateway") address = all.Select(e => e.Gateway).FirstOrDefault(g => g.Length > 0) ?? "127.0.0.1";
            lines.Add($"{address}\t{host[..at]}");
        }
        var name = domainName.Length == 0 ? hostname : $"{hostname}.{domainName} {hostname}";
        foreach (var endpoint in all)
        {
            if (endpoint.Ipv4.Length > 0) lines.Add($"{endpoint.Ipv4}\t{name}");
            if (endpoint.Ipv6.Length > 0) lines.Add($"{endpoint.Ipv6}\t{name}");
        }
        return Frame + string.Concat(lines.Select(l => l + "\n"));
    }

    /// <summary>
    /// The name servers of the container's networks first: they know its neighbours, and ask the host's for all else. Where there are none, what
    /// was asked for, or what the host has.
    /// </summary>
    public static string Resolver(IReadOnlyList<string> ofNetworks, IReadOnlyList<string> servers, IReadOnlyList<string> search, IReadOnlyList<string> options)
    {
        var host = File.Exists("/etc/resolv.conf") ? File.ReadAllLines("/etc/resolv.conf") : [];
        var lines = new List<string>();
        if (search.Count > 0) lines.AddRange(search is ["."] ? [] : [$"search {string.Join(' ', search)}"]);
        else lines.AddRange(host.Where(l => l.StartsWith("search ", StringComparison.Ordinal)));
        var named = ofNetworks.Concat(servers).Distinct(StringComparer.Ordinal).ToArray();
        lines.AddRange(named.Length > 0 ? named.Select(s => $"nameserver {s}") : host.Where(l => l.StartsWith("nameserver ", StringComparison.Ordinal)));
        if (options.Count > 0) lines.Add($"options {string.Join(' ', options)}");
        else lines.AddRange(host.Where(l => l.StartsWith("options ", StringComparison.Ordinal)));
        return string.Concat(lines.Select(l => l + "\n"));
    }
}
