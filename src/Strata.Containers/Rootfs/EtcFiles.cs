using Strata.Containers.Records;
using Strata.Containers.Runtime;

namespace Strata.Containers.Rootfs;

/// <summary>The three files of /etc that a container has of its own.</summary>
internal static class EtcFiles
{
    private const string LocalNames = """
        127.0.0.1	localhost
        ::1	localhost ip6-localhost ip6-loopback
        fe00::	ip6-localnet
        ff00::	ip6-mcastprefix
        ff02::1	ip6-allnodes
        ff02::2	ip6-allrouters

        """;

    /// <param name="servers">Name servers of the networks that it is in; none means those of the host.</param>
    public static void Write(ContainerFolder folder, ContainerRecord record, IEnumerable<NetworkEndpoint> endpoints, IReadOnlyList<string> servers)
    {
        Directory.CreateDirectory(folder.Etc);
        var name = Bundle.Hostname(record);
        File.WriteAllText(Path.Combine(folder.Etc, "hostname"), name + "\n");
        File.WriteAllText(Path.Combine(folder.Etc, "hosts"), Hosts(record, name, endpoints));
        File.WriteAllText(Path.Combine(folder.Etc, "resolv.conf"), Resolver(record.Spec.Network, servers));
    }

    private static string Hosts(ContainerRecord record, string name, IEnumerable<NetworkEndpoint> endpoints)
    {
        var network = record.Spec.Network;
        var own = network.Mode == "host" && File.Exists("/etc/hosts") ? File.ReadAllText("/etc/hosts") : LocalNames;
        var names = record.Spec.DomainName.Length > 0 ? $"{name}.{record.Spec.DomainName} {name}" : name;
        var found = endpoints.ToArray();
        var gateway = found.Select(e => e.Gateway).FirstOrDefault(g => g.Length > 0) ?? "127.0.0.1";
        var more = network.ExtraHosts.Select(h => h.Split([':', '='], 2)).Select(h => $"{(h[1] == "host-gateway" ? gateway : h[1].Trim('[', ']'))}\t{h[0]}\n");
        return own + string.Concat(more) + string.Concat(found.Where(e => e.Ipv4.Length > 0).Select(e => $"{e.Ipv4}\t{names}\n"));
    }

    private static string Resolver(NetworkSpec network, IReadOnlyList<string> servers)
    {
        var host = File.Exists("/etc/resolv.conf") ? File.ReadAllLines("/etc/resolv.conf") : [];
        IEnumerable<string> Of(string key, IReadOnlyList<string> asked) => asked.Count > 0
            ? asked.Where(a => a != ".").Select(a => $"{key} {a}")
            : host.Where(l => l.StartsWith(key + " ", StringComparison.Ordinal));
        // Those of its networks know its neighbours, and ask those of the host for all else.
        string[] names = [.. servers, .. network.Dns];
        string[] lines = [.. Of("nameserver", names), .. Of("search", network.DnsSearch), .. Of("options", network.DnsOptions)];
        return string.Concat(lines.Select(l => l + "\n"));
    }
}
